-- What the dashboard lists: the latest version of a file, what is wrong with it page by page, and
-- deliveries of a state or a run from the newest on.
CREATE INDEX files_by_name ON files (source, file, id);
CREATE INDEX diagnostics_errors ON diagnostics (file_id, number) WHERE json_extract(content, '$.severity') = 'error';
CREATE INDEX diagnostics_others ON diagnostics (file_id, number) WHERE json_extract(content, '$.severity') <> 'error';
CREATE INDEX deliveries_of_state ON deliveries (state, id);
CREATE INDEX deliveries_of_run_by_state ON deliveries (run_id, state, id);
CREATE INDEX runs_by_day ON runs (due_at, id);

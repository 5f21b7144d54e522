//! The dashboard without a browser: the quarter walked by links and forms alone, as without JavaScript.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use rapporteur::recipient::Language;

use crate::quarter::{AFTERWARDS, BAD, CORRECTED, GOOD, LATE, Quarter, UNKNOWN};

/// Somebody who follows links and sends forms as the pages offer them.
struct Walker {
    host: String,
}

struct Page {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Page {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).replace("&amp;", "&").replace("&quot;", "\"")
    }

    /// Fails unless each of `words` stands on the page.
    #[track_caller]
    fn says(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(self.text().contains(word), "`{word}` on the page:\n{}", self.text());
        }
        self
    }

    /// The hidden fields of the form that goes to `action`.
    #[track_caller]
    fn form(&self, action: &str) -> Vec<(String, String)> {
        let text = self.text();
        let start =
            text.find(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("no form to {action}:\n{text}"));
        let form = &text[start..start + text[start..].find("</form>").unwrap()];
        form.split("<input ")
            .skip(1)
            .filter(|input| input.contains("type=\"hidden\""))
            .map(|input| {
                let of = |name: &str| input.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap();
                (of("name").to_owned(), of("value").to_owned())
            })
            .collect()
    }

    /// Where the first link leads whose address begins so.
    fn link(&self, begins: &str) -> Option<String> {
        let text = self.text();
        let mut links = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        links.find(|link| link.starts_with(begins)).map(str::to_owned)
    }
}

impl Walker {
    fn of(quarter: &Quarter) -> Self {
        Self { host: quarter.base.trim_start_matches("http://").to_owned() }
    }

    fn ask(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> Page {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let (host, length) = (&self.host, body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: {kind}\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Page { status, head, body: answer[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Page {
        self.ask("GET", path, "text/plain", b"")
    }

    /// Sends a form as the page has it, with what was filled in, and goes where the answer leads.
    #[track_caller]
    fn send(&self, page: &Page, action: &str, filled: &[(&str, &str)]) -> Page {
        let mut fields = page.form(action);
        fields.extend(filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let answer = self.ask("POST", action, "application/x-www-form-urlencoded", body.join("&").as_bytes());
        match answer.head.lines().find_map(|line| line.strip_prefix("location: ")) {
            Some(path) => self.get(path),
            None => answer,
        }
    }

    /// Hands in a workbook by the form of a page.
    fn hand_in(&self, page: &Page, name: &str, text: &str) -> Page {
        let mut body = String::new();
        for (field, value) in page.form("/workbooks") {
            body.push_str(&format!("--part\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"));
        }
        body.push_str(&format!(
            "--part\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n{text}\r\n--part--\r\n"
        ));
        self.ask("POST", "/workbooks", "multipart/form-data; boundary=part", body.as_bytes())
    }
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quarter_can_be_walked_with_links_and_forms_alone() {
    let quarter = Quarter::begin(Language::En).await;
    let walker = Walker::of(&quarter);

    // A bad workbook is handed in, and its problems are told at once, in the visitor's language.
    let page = walker.get("/workbooks?language=ru");
    page.says(&["<html lang=\"ru\"", "Передать файл"]);
    let told = walker.hand_in(&walker.get("/workbooks"), "activities_KG.csv", BAD);
    told.says(&["Handed in", "Activities!G2:I2", "12", "21", "2 errors"]);
    quarter.wait("its sender is answered", || quarter.last_mail("focal.kg@example.org").is_some());
    let list = walker.get("/workbooks?show=to-fix");
    list.says(&["activities_KG.csv", "Focal point, Kyrgyzstan"]);
    let file = walker.get(&list.link("/workbooks/").unwrap());
    file.says(&["Activities!G2:I2", "The answer that went out", "Download the marked copy", "lang=\"ru\""]);
    let copy = walker.get(&file.link("/workbooks/1/marked").unwrap());
    assert!(copy.body.starts_with(b"PK") && copy.head.contains("attachment"), "{}", copy.head);
    walker.get("/").says(&["activities_KG.csv"]);

    // Who has sent what.
    walker.get("/readiness?period=2017-Q4").says(&[
        "Focal point, Tajikistan",
        "Missing",
        "One row held",
        "activities_KG.csv",
    ]);

    // It is mended.
    walker.hand_in(&walker.get("/workbooks"), "activities_KG.csv", GOOD).says(&["nothing in it needs fixing"]);
    quarter
        .wait("the corrected one is taken", || !walker.get("/workbooks?show=to-fix").text().contains("activities_KG"));

    // Who is late is reminded, and the pages say so.
    quarter.remind();
    quarter.expect_reminder(&["Still missing", "The report for October–December 2017 is due on"]);
    let readiness = walker.get("/readiness?period=2017-Q4");
    readiness.says(&["Reminded on", "2 rows accepted", "one contributor is still awaited"]);
    let reminder = walker.get(&readiness.link("/deliveries/").unwrap());
    reminder.says(&["Mail to Focal point, Tajikistan", LATE, "Reminder", "workbook-en.xlsx"]);
    walker.get("/deliveries").says(&["Focal point, Tajikistan", "Reminder"]);

    let runs = walker.get("/runs");
    let wrong = walker.send(&runs, "/runs", &[("schedule", "rsg"), ("period", "autumn")]);
    wrong.says(&["That is no period", "aria-invalid=\"true\""]);
    let run = walker.send(&runs, "/runs", &[("schedule", "rsg"), ("period", "2017-q4")]);
    run.says(&["Report for Q4\u{a0}2017"]);
    let here = "/runs/1";
    quarter.wait("it is compiled", || walker.get(here).text().contains("Waits for sign-off"));
    let waiting = walker.get(here);
    waiting.says(&["Open the PDF: English", "Key figures", "32"]);
    let pdf = walker.get(&waiting.link("/runs/1/editions/ru").unwrap());
    assert!(pdf.body.starts_with(b"%PDF") && pdf.head.contains("frame-ancestors 'self'"), "{}", pdf.head);
    quarter.wait("the approver is asked", || quarter.link().is_some());
    let first = quarter.link().unwrap();

    // Scanners follow links, and nothing happens. One that was changed on the way opens nothing.
    for _ in 0..10 {
        walker.get(&first).says(&["Example Chair, this report waits for your word."]);
    }
    walker.get(here).says(&["Waits for sign-off"]);
    let shown = walker.get(&first);
    let pdf = walker.get(&shown.link(&format!("{first}/editions/")).unwrap());
    assert!(pdf.body.starts_with(b"%PDF"), "{}", pdf.head);
    let forged = walker.get(&format!("{first}x"));
    forged.says(&["Nothing was decided", "This link is not one of ours"]);
    assert_eq!(forged.status, 403);

    // A row changes while the approver reads: the approval is not for what would go out now.
    walker.hand_in(&walker.get("/workbooks"), "activities_KG.csv", CORRECTED).says(&["nothing in it needs fixing"]);
    quarter.wait("the approver is asked again", || quarter.link().is_some_and(|link| link != first));
    let late = walker.send(&shown, &first, &[]);
    late.says(&["Nothing was decided"]);
    assert_eq!(late.status, 409, "{}", late.text());
    walker.get(here).says(&["Waits for sign-off"]);
    let second = quarter.link().unwrap();
    let shown = walker.get(&second);
    shown.says(&["Changed since it was compiled last", "36"]);

    // It is released by the second link, which works once.
    walker.send(&shown, &second, &[]).says(&["Thank you", "three mails are on their way"]);
    let twice = walker.send(&shown, &second, &[]);
    twice.says(&["Nothing was decided"]);
    assert_eq!(twice.status, 409);
    walker.get(here).says(&["Released", "by the link of the mail"]);

    // A mail comes to grief, and is sent again once that is mended.
    quarter.wait("one mail is given up", || walker.get("/deliveries?state=dead_letter").text().contains(UNKNOWN));
    let lost = walker.get("/deliveries?state=dead_letter");
    lost.says(&["Given up", "550 5.1.1 no such mailbox here"]);
    let path = lost.link("/deliveries/").unwrap();
    let mail = walker.get(&path);
    mail.says(&["Attempt 1", "refused for good", "550 5.1.1"]);
    quarter.mend_the_server();
    walker.send(&mail, &format!("{path}/retry"), &[]).says(&["It is sent again."]);
    quarter.wait("it is delivered after all", || quarter.last_mail(UNKNOWN).is_some());
    quarter.wait("and the page says so", || walker.get(&path).text().contains("Taken by the server"));
    walker.get("/runs?state=released").says(&["Report for Q4\u{a0}2017", "Released"]);
    // A mail that the server took comes back all the same.
    quarter.return_mail("member@example.org");
    quarter.wait("it is marked", || walker.get("/deliveries?state=bounced").text().contains("member@example.org"));
    walker.get("/deliveries?state=bounced").says(&["Came back", "User unknown"]);

    // What is found out afterwards makes version 2, which is signed off like the first.
    let released = quarter.link();
    walker.hand_in(&walker.get("/workbooks"), "activities_KG.csv", AFTERWARDS).says(&["nothing in it needs fixing"]);
    quarter.wait("the approver is asked for version 2", || quarter.link() != released);
    let third = quarter.link().unwrap();
    let shown = walker.get(&third);
    shown.says(&["Report for Q4\u{a0}2017, version 2", "Changed since the version that it replaces", "39"]);
    walker.send(&shown, &third, &[]).says(&["Thank you"]);
    walker.get("/runs/2").says(&[
        "version 2",
        "Released",
        "it corrects what was released: activities_KG.csv",
        "Other versions",
    ]);

    // What is done cannot be done again, and the page says what is so.
    let again = walker.send(&waiting, "/runs/1/approve", &[]);
    again.says(&["Nothing was decided"]);
    assert_eq!(again.status, 409);
}

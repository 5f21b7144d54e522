//! A small mail server that does in place of the usual what a test tells it, and remembers.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Where in the conversation the server is about to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    Connect,
    Ehlo,
    Starttls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// After 354, before anything of the mail is read.
    Contents,
    Dot,
    Other,
}

/// What the server knows when it decides what to do.
pub(crate) struct Moment {
    pub(crate) stage: Stage,
    /// Number of the recipient, once there is one.
    pub(crate) number: Option<usize>,
    /// How often this recipient has come to this stage, from 1.
    pub(crate) visit: usize,
    /// Number of the connection, from 1.
    pub(crate) connection: usize,
    /// The command.
    pub(crate) line: String,
    /// Bytes of the mail, at the dot.
    pub(crate) size: usize,
}

/// What it does.
pub(crate) enum Act {
    Usual,
    Say(&'static str),
    SayAndClose(&'static str),
    Bytes(&'static [u8]),
    /// The usual answer, a byte at a time.
    Trickle(Duration),
    Close,
    /// Nothing more, and the connection stays open.
    Stall,
}

type Manner = dyn Fn(&Moment) -> Act + Send + Sync;

#[derive(Default)]
struct Memory {
    visits: BTreeMap<(Stage, usize), usize>,
    commands: Vec<String>,
    /// Mails whose final dot was read and not refused, by recipient.
    mails: Vec<(String, String)>,
}

/// The server; it ends with the test's runtime.
pub(crate) struct Server {
    pub(crate) port: u16,
    /// From now on only the usual.
    pub(crate) is_well: Arc<AtomicBool>,
    memory: Arc<Mutex<Memory>>,
}

/// The number in `member-7@example.org`.
pub(crate) fn number_of(text: &str) -> Option<usize> {
    text.split_once("member-")?.1.split('@').next()?.parse().ok()
}

impl Server {
    pub(crate) async fn start(manner: impl Fn(&Moment) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let is_well = Arc::new(AtomicBool::new(false));
        let memory = Arc::new(Mutex::new(Memory::default()));
        let (manner, well, kept): (Arc<Manner>, _, _) = (Arc::new(manner), Arc::clone(&is_well), Arc::clone(&memory));
        let connections = AtomicUsize::new(0);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let talk = Talk {
                    manner: Arc::clone(&manner),
                    is_well: Arc::clone(&well),
                    memory: Arc::clone(&kept),
                    connection: 1 + connections.fetch_add(1, Ordering::SeqCst),
                    recipient: String::new(),
                };
                tokio::spawn(talk.serve(stream));
            }
        });
        Self { port, is_well, memory }
    }

    /// What a recipient has got, in the order in which it came.
    pub(crate) fn copies(&self, recipient: &str) -> Vec<String> {
        let memory = self.memory.lock().unwrap();
        memory.mails.iter().filter(|(to, _)| to == recipient).map(|(_, mail)| mail.clone()).collect()
    }

    pub(crate) fn saw_no(&self, command: &str) -> bool {
        !self.memory.lock().unwrap().commands.iter().any(|line| line.starts_with(command))
    }
}

/// One connection.
struct Talk {
    manner: Arc<Manner>,
    is_well: Arc<AtomicBool>,
    memory: Arc<Mutex<Memory>>,
    connection: usize,
    recipient: String,
}

impl Talk {
    async fn serve(mut self, mut stream: TcpStream) -> Option<()> {
        let (reader, mut writer) = stream.split();
        let mut reader = BufReader::new(reader);
        self.answer(&mut writer, Stage::Connect, "", "220 test", 0).await?;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let line = line.trim_end().to_owned();
            self.memory.lock().unwrap().commands.push(line.clone());
            let (stage, usual) = match line.split(' ').next()?.to_ascii_uppercase().as_str() {
                "EHLO" => (Stage::Ehlo, "250-test\r\n250-SIZE 10000000\r\n250 AUTH PLAIN LOGIN"),
                "STARTTLS" => (Stage::Starttls, "220 go ahead"),
                "AUTH" => (Stage::Auth, "235 ok"),
                "MAIL" => {
                    self.recipient.clear();
                    (Stage::Mail, "250 ok")
                }
                "RCPT" => {
                    line.split(['<', '>']).nth(1)?.clone_into(&mut self.recipient);
                    (Stage::Rcpt, "250 ok")
                }
                "DATA" => (Stage::Data, "354 go on"),
                "QUIT" => (Stage::Other, "221 bye"),
                _ => (Stage::Other, "250 ok"),
            };
            let said = self.answer(&mut writer, stage, &line, usual, 0).await?;
            if stage == Stage::Data && said.starts_with("354") {
                match self.act(Stage::Contents, "", 0) {
                    Act::Close => return None,
                    Act::Stall => {
                        stall(&mut reader).await;
                        return None;
                    }
                    _ => {}
                }
                let mail = contents(&mut reader).await?;
                self.take(&mut writer, mail).await?;
            }
        }
    }

    /// The mail is remembered where it is not refused: before the answer, which may be lost.
    async fn take(&self, writer: &mut (impl AsyncWriteExt + Unpin), mail: String) -> Option<()> {
        let size = mail.len();
        let act = self.act(Stage::Dot, "", size);
        if !matches!(act, Act::Say(reply) | Act::SayAndClose(reply) if !reply.starts_with("250")) {
            self.memory.lock().unwrap().mails.push((self.recipient.clone(), mail));
        }
        perform(act, writer, "250 ok").await.map(drop)
    }

    fn act(&self, stage: Stage, line: &str, size: usize) -> Act {
        let number = number_of(&self.recipient);
        let visit = {
            let mut memory = self.memory.lock().unwrap();
            let visit = memory.visits.entry((stage, number.unwrap_or(usize::MAX))).or_default();
            *visit += 1;
            *visit
        };
        if self.is_well.load(Ordering::SeqCst) {
            return Act::Usual;
        }
        let moment = Moment { stage, number, visit, connection: self.connection, line: line.to_owned(), size };
        (self.manner)(&moment)
    }

    /// Answers and gives what was said; `None` where the connection is over.
    async fn answer(
        &self,
        writer: &mut (impl AsyncWriteExt + Unpin),
        stage: Stage,
        line: &str,
        usual: &'static str,
        size: usize,
    ) -> Option<&'static str> {
        perform(self.act(stage, line, size), writer, usual).await
    }
}

async fn perform(act: Act, writer: &mut (impl AsyncWriteExt + Unpin), usual: &'static str) -> Option<&'static str> {
    let (said, closes) = match act {
        Act::Usual => (usual, false),
        Act::Say(reply) => (reply, false),
        Act::SayAndClose(reply) => (reply, true),
        Act::Bytes(bytes) => {
            writer.write_all(bytes).await.ok()?;
            return Some("");
        }
        Act::Trickle(pause) => {
            for byte in format!("{usual}\r\n").bytes() {
                tokio::time::sleep(pause).await;
                writer.write_all(&[byte]).await.ok()?;
            }
            return Some(usual);
        }
        Act::Close => return None,
        Act::Stall => {
            // Longer than any deadline of a test.
            tokio::time::sleep(Duration::from_secs(60)).await;
            return None;
        }
    };
    writer.write_all(format!("{said}\r\n").as_bytes()).await.ok()?;
    (!closes).then_some(said)
}

/// The mail up to the final dot, as it was before its dots were doubled (RFC 5321, section 4.5.2).
async fn contents(reader: &mut (impl AsyncBufReadExt + Unpin)) -> Option<String> {
    let mut mail = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.as_str() {
            ".\r\n" => return Some(mail),
            _ => mail.push_str(line.strip_prefix('.').unwrap_or(&line)),
        }
    }
}

/// Reads nothing and says nothing until the other side has had enough.
async fn stall(reader: &mut (impl AsyncReadExt + Unpin)) {
    tokio::time::sleep(Duration::from_secs(60)).await;
    let _ = reader.read_u8().await;
}

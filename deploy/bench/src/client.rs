use std::time::{Duration, Instant};

use anyhow::Context as _;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// One kept-alive HTTP/1.1 connection: as little of a client as measures the server and not itself.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    token: String,
    waited: Duration,
}

impl Connection {
    pub async fn open(address: &str, token: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(65_536), token: token.to_owned(), waited: Duration::ZERO })
    }

    /// The time between requests sent and their answers read, since it was last asked.
    pub fn waited(&mut self) -> Duration {
        std::mem::take(&mut self.waited)
    }

    /// Sends one request and reads its whole answer.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        key: Option<&str>,
        body: &str,
    ) -> anyhow::Result<(u16, String)> {
        let key = key.map(|key| format!("Idempotency-Key: {key}\r\n")).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n{key}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        );
        let sent = Instant::now();
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            anyhow::ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "the server closed the connection");
        };
        let text = String::from_utf8_lossy(self.buffer.get(..head).unwrap_or_default()).to_ascii_lowercase();
        let status = text.split(' ').nth(1).context("no status")?.parse()?;
        if text.contains("transfer-encoding: chunked") {
            let body = self.chunked(head).await?;
            self.waited += sent.elapsed();
            return Ok((status, body));
        }
        let length: usize = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(Ok(0), |value| value.trim().parse())?;
        while self.buffer.len() < head + length {
            anyhow::ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "the server closed the connection");
        }
        self.waited += sent.elapsed();
        let body = self.buffer.get(head..head + length).unwrap_or_default();
        Ok((status, String::from_utf8_lossy(body).into_owned()))
    }

    async fn chunked(&mut self, head: usize) -> anyhow::Result<String> {
        while !self.buffer.ends_with(b"0\r\n\r\n") {
            anyhow::ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "the server closed the connection");
        }
        let (mut at, mut body) = (head, Vec::new());
        loop {
            let rest = self.buffer.get(at..).unwrap_or_default();
            let end = find(rest, b"\r\n").context("a chunk without its size")?;
            let size = usize::from_str_radix(std::str::from_utf8(rest.get(..end).unwrap_or_default())?.trim(), 16)?;
            if size == 0 {
                break;
            }
            body.extend_from_slice(rest.get(end + 2..end + 2 + size).unwrap_or_default());
            at += end + 2 + size + 2;
        }
        Ok(String::from_utf8_lossy(&body).into_owned())
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

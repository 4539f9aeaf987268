use std::{
    io::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use flate2::write::GzDecoder;
use futures_util::stream;
use poem::{
    Body, Response,
    endpoint::make_sync,
    listener::{Acceptor, Listener, TcpListener},
};
use serde_json::json;
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::timeout,
};

use crate::{client::Client, server::Server};

/// How long a word may be on its way through the server.
const PATIENCE: Duration = Duration::from_secs(10);

/// Speaks for a language model, one word at a time.
struct Voice(UnboundedSender<String>);

impl Voice {
    /// A model that says its words in one stream, and its address.
    async fn start() -> (Self, String) {
        let (voice, words) = unbounded_channel();
        let words = Arc::new(Mutex::new(Some(words)));
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
        let address = acceptor.local_addr()[0].as_socket_addr().unwrap().to_owned();
        let endpoint = make_sync(move |_| {
            let words = words.lock().unwrap().take().expect("one question");
            Response::builder().content_type("text/event-stream").body(Body::from_bytes_stream(told(words)))
        });
        tokio::spawn(poem::Server::new_with_acceptor(acceptor).run(endpoint));
        (Self(voice), format!("http://{address}/v1"))
    }

    fn say(&self, word: &str) {
        let choices = json!([{ "index": 0, "delta": { "content": word }, "finish_reason": null }]);
        let chunk =
            json!({ "id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices });
        self.0.send(format!("data: {chunk}\n\n")).unwrap();
    }

    fn end(self) {
        self.0.send("data: [DONE]\n\n".to_owned()).unwrap();
    }
}

fn told(words: UnboundedReceiver<String>) -> impl stream::Stream<Item = std::io::Result<String>> + Send {
    stream::unfold(words, |mut words| async move { words.recv().await.map(|word| (Ok(word), words)) })
}

/// Reads a packed body as far as it has come.
struct Reader {
    response: reqwest::Response,
    unpacked: GzDecoder<Vec<u8>>,
}

impl Reader {
    fn text(&self) -> String {
        String::from_utf8_lossy(self.unpacked.get_ref()).into_owned()
    }

    async fn until(&mut self, wanted: &str) {
        while !self.text().contains(wanted) {
            let next = timeout(PATIENCE, self.response.chunk()).await;
            let part = next.unwrap_or_else(|_| panic!("{wanted} is held back after {}", self.text())).unwrap();
            self.unpacked.write_all(&part.expect("the stream goes on")).unwrap();
            self.unpacked.flush().unwrap();
        }
    }
}

async fn ask(owner: &Client) -> Reader {
    let conversation = owner.post("/api/v1/assistant/conversations", &json!({})).await.expect(201).id();
    let path = format!("/api/v1/assistant/conversations/{conversation}/messages");
    let headers = [("content-type", "application/json"), ("accept", "text/event-stream"), ("accept-encoding", "gzip")];
    let body = json!({ "text": "Count to three" }).to_string().into_bytes();
    let response = owner.open("POST", &path, &headers, Some(body)).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-encoding"], "gzip");
    Reader { response, unpacked: GzDecoder::new(Vec::new()) }
}

#[tokio::test]
async fn an_answer_comes_word_by_word_also_when_it_is_packed() {
    let (voice, url) = Voice::start().await;
    let server = Server::start_with(&[("KONTOR_LLM_URL", &url)]).await;
    let owner = server.company().await;
    voice.say("One");
    let mut reader = ask(&owner).await;
    for (word, next) in [("One", "two"), ("two", "three")] {
        reader.until(&format!("data: {{\"text\":\"{word}\"}}")).await;
        voice.say(next);
    }
    voice.end();
    reader.until("event: done").await;
    assert!(reader.text().contains("\"text\":\"Onetwothree\""), "{}", reader.text());
}

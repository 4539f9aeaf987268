use std::{
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// The Redis of the test run; where there is none, one of the test's own.
pub struct RedisServer {
    pub url: String,
    own: Option<Child>,
}

impl RedisServer {
    pub fn start() -> Self {
        if let Ok(url) = std::env::var("KONTOR_TEST_REDIS_URL") {
            return Self { url, own: None };
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let own = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port", &port.to_string()])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        Self { url: format!("redis://127.0.0.1:{port}/"), own: Some(own) }
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        if let Some(own) = &mut self.own {
            own.kill().ok();
            own.wait().ok();
        }
    }
}

"""Waits for the server, signs a company up and prints its owner's access token."""

import json
import sys
import time
import urllib.error
import urllib.request

COMPANY = {
    "company": "Contract",
    "slug": "contract",
    "country": "DE",
    "currency": "EUR",
    "name": "Olga Owner",
    "email": "owner@example.com",
    "password": "correct horse battery 42",
}
PATIENCE_SECONDS = 60


def wait_for(url):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError) as failure:
            if time.monotonic() > deadline:
                sys.exit(f"the server does not answer: {failure}")
            time.sleep(0.2)


def sign_up(url):
    request = urllib.request.Request(
        f"{url}/api/v1/sign-up",
        data=json.dumps(COMPANY).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["access_token"]


if __name__ == "__main__":
    wait_for(sys.argv[1])
    print(sign_up(sys.argv[1]))

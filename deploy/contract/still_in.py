"""Ends well when the token is still somebody's: a run whose calls were all refused has shown nothing."""

import sys
import urllib.error
import urllib.request


def is_in(url, token):
    request = urllib.request.Request(f"{url}/api/v1/me", headers={"authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status == 200
    except urllib.error.HTTPError:
        return False


if __name__ == "__main__":
    sys.exit(0 if is_in(sys.argv[1], sys.argv[2]) else 1)

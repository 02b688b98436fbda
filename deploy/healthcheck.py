"""Exit 0 when the address answers 200: the health check of the web container, without curl in the image."""

import sys
import urllib.error
import urllib.request

try:
    request = urllib.request.Request(sys.argv[1], headers={"Host": "localhost"})
    with urllib.request.urlopen(request, timeout=8) as answer:
        sys.exit(0 if answer.status == 200 else 1)
except urllib.error.URLError as error:
    print(error)
    sys.exit(1)

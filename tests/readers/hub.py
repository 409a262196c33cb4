"""flask-websub's hub, run as a program: `python hub.py FOLDER` prints its address and serves."""

import sys
import threading
from typing import Any

from flask import Flask
from flask_websub.hub import Hub, SQLite3HubStorage
from werkzeug.serving import make_server


class Inline:
    """Runs the hub's tasks in threads, in the place of Celery."""

    def task(self, **_options: Any) -> Any:
        def decorate(function: Any) -> Any:
            takes_itself = _options.get("bind", False)

            def delay(*arguments: Any) -> None:
                given = (None, *arguments) if takes_itself else arguments
                threading.Thread(target=function, args=given, daemon=True).start()

            function.delay = delay
            return function

        return decorate


def main() -> None:
    hub = Hub(SQLite3HubStorage(f"{sys.argv[1]}/hub.db"), Inline())
    app = Flask("hub")
    app.config["PUBLISH_SUPPORTED"] = True
    app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(f"http://127.0.0.1:{server.server_port}/hub", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()

# Plain workerd: the Worker that `cargo xtask build` made, its objects' SQLite files below /state. What wrangler.toml says for the other
# homes and what is said here agree; a test of xtask (homes.rs) holds them together.

using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "edgewise", worker = .edgewise),
    (name = "state", disk = (path = "/state", writable = true)),
    # Where error reports go, and who says who people are, may stand in a private network.
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
    # Whom webhooks call, the people who use the rooms say: never a machine in a private network.
    (name = "public", network = (allow = ["public"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "*:8788", http = (), service = "edgewise")],
);

const edgewise :Workerd.Worker = (
  modules = [
    (name = "index.js", esModule = embed "index.js"),
    (name = "index_bg.wasm", wasm = embed "index_bg.wasm"),
  ],
  compatibilityDate = "2026-11-17",
  bindings = [
    (name = "ROOMS", durableObjectNamespace = "RoomObject"),
    (name = "INBOXES", durableObjectNamespace = "InboxObject"),
    (name = "DIRECTORY", durableObjectNamespace = "DirectoryObject"),
    (name = "METRICS", durableObjectNamespace = "MetricsObject"),
    (name = "PUBLIC_NETWORK", service = "public"),
    # Error reports say which home they come from.
    (name = "EDGEWISE_HOME", text = "workerd"),
    # The image gives each of these a value, if only an empty one: a variable that is not there would be null, which the Worker cannot read.
    (name = "SESSION_KEY", fromEnvironment = "SESSION_KEY"),
    (name = "METRICS_TOKEN", fromEnvironment = "METRICS_TOKEN"),
    (name = "ADMIN_TOKEN", fromEnvironment = "ADMIN_TOKEN"),
    (name = "ALLOWED_ORIGINS", fromEnvironment = "ALLOWED_ORIGINS"),
    (name = "LIMITS", fromEnvironment = "LIMITS"),
    (name = "LOG_LEVEL", fromEnvironment = "LOG_LEVEL"),
    (name = "ACCESS_AUDIENCE", fromEnvironment = "ACCESS_AUDIENCE"),
    (name = "ACCESS_ISSUER", fromEnvironment = "ACCESS_ISSUER"),
    (name = "GUESTS", fromEnvironment = "GUESTS"),
    (name = "OIDC_CLIENT_ID", fromEnvironment = "OIDC_CLIENT_ID"),
    (name = "OIDC_CLIENT_SECRET", fromEnvironment = "OIDC_CLIENT_SECRET"),
    (name = "OIDC_ISSUER", fromEnvironment = "OIDC_ISSUER"),
    (name = "ROOM_KEY", fromEnvironment = "ROOM_KEY"),
    (name = "VAPID_CONTACT", fromEnvironment = "VAPID_CONTACT"),
    (name = "VAPID_KEY", fromEnvironment = "VAPID_KEY"),
    (name = "SENTRY_DSN", fromEnvironment = "SENTRY_DSN"),
    (name = "SENTRY_ENVIRONMENT", fromEnvironment = "SENTRY_ENVIRONMENT"),
  ],
  # A key names a folder below /state and goes into every object's id: another one, and all rooms are gone.
  durableObjectNamespaces = [
    (className = "RoomObject", uniqueKey = "edgewise-RoomObject", enableSql = true),
    (className = "InboxObject", uniqueKey = "edgewise-InboxObject", enableSql = true),
    (className = "DirectoryObject", uniqueKey = "edgewise-DirectoryObject", enableSql = true),
    (className = "MetricsObject", uniqueKey = "edgewise-MetricsObject", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "state"),
);

#!/bin/sh
# Writes Alertmanager's configuration from variables, then becomes Alertmanager. It expands none itself, and a secret has no place in a file
# of this repository.
#
#   ALERT_WEBHOOK_URL       every alert is posted here, as Alertmanager's JSON
#   ALERT_EMAIL_TO          every alert is mailed to these addresses, a comma between them; needs ALERT_SMTP_HOST and ALERT_EMAIL_FROM
#   ALERT_EMAIL_FROM        who writes
#   ALERT_SMTP_HOST         host:port of the mail server · ALERT_SMTP_USER, ALERT_SMTP_PASSWORD where it wants a sign-in
#   ALERT_GROUP_WAIT        how long the first alert of a group waits for others; 30s
#   ALERTMANAGER_CONFIG     where to write; /alertmanager/alertmanager.yml
#   ALERTMANAGER            the program; /bin/alertmanager
#
# Without any receiver alerts are seen in Alertmanager's page and in Grafana alone, and this says so. All arguments go to Alertmanager.
set -eu

config=${ALERTMANAGER_CONFIG:-/alertmanager/alertmanager.yml}

# A value as a YAML string in single quotes.
quoted() {
  printf "'%s'" "$(printf '%s' "$1" | sed "s/'/''/g")"
}

refuse() {
  echo "alertmanager: $1" >&2
  exit 1
}

webhook() {
  echo "    webhook_configs:"
  echo "      - url: $(quoted "$ALERT_WEBHOOK_URL")"
  echo "        send_resolved: true"
}

email() {
  [ -n "${ALERT_SMTP_HOST:-}" ] || refuse "ALERT_EMAIL_TO is set without ALERT_SMTP_HOST: say which mail server, as host:port."
  [ -n "${ALERT_EMAIL_FROM:-}" ] || refuse "ALERT_EMAIL_TO is set without ALERT_EMAIL_FROM: say who writes."
  echo "    email_configs:"
  echo "      - to: $(quoted "$ALERT_EMAIL_TO")"
  echo "        from: $(quoted "$ALERT_EMAIL_FROM")"
  echo "        smarthost: $(quoted "$ALERT_SMTP_HOST")"
  echo "        send_resolved: true"
  if [ -n "${ALERT_SMTP_USER:-}" ]; then
    echo "        auth_username: $(quoted "$ALERT_SMTP_USER")"
    echo "        auth_password: $(quoted "${ALERT_SMTP_PASSWORD:-}")"
  fi
}

write() {
  cat <<EOF
route:
  receiver: people
  group_by: [alertname, home]
  group_wait: ${ALERT_GROUP_WAIT:-30s}
  group_interval: 5m
  repeat_interval: 4h
  routes:
    - matchers: ['severity="page"']
      receiver: people
      repeat_interval: 1h

# One cause, one message: of a home that cannot be scraped nothing else that is told is true.
inhibit_rules:
  - source_matchers: ['alertname="ScrapeDown"', 'job="edgewise"']
    target_matchers: ['alertname!="ScrapeDown"']
    equal: [home]

receivers:
  - name: people
EOF
  if [ -n "${ALERT_WEBHOOK_URL:-}" ]; then webhook; fi
  if [ -n "${ALERT_EMAIL_TO:-}" ]; then email; fi
}

if [ -z "${ALERT_WEBHOOK_URL:-}${ALERT_EMAIL_TO:-}" ]; then
  echo "alertmanager: neither ALERT_WEBHOOK_URL nor ALERT_EMAIL_TO is set: alerts reach nobody." >&2
fi
umask 077
write > "$config.new"
mv "$config.new" "$config"
exec "${ALERTMANAGER:-/bin/alertmanager}" --config.file="$config" "$@"

#!/usr/bin/env bash
# Sees to git and Node, fetches the agent by its digest and has it build this instance.
set -Eeuo pipefail
folder=${HOLDFAST_HOME:-}/opt/holdfast log=${HOLDFAST_HOME:-}/run/holdfast/boot.log
mkdir -p "$folder" "${log%/*}"
cat > "$folder/init.json" <<'INIT'
@INIT@
INIT
exec 3>&2 2> "$log"
trap 'failed $?' ERR
failed() { # Tells console and store which line, and why; retryable if curl had no network.
  trap - ERR
  local line=${BASH_LINENO[-2]} again=false
  [ "$BASH_SUBSHELL" = 0 ] || exit "$1"
  case $1 in [5-7] | 28 | 35 | 5[256]) again=true ;; esac
  why="boot.sh line $line: $(sed -n "${line}p" "$0"): status $1: $(tail -n 1 "$log")"
  cat "$log" - <<< "holdfast boot: $why" >&3
  [ "${keys:-}" ] || exit "$1"
  cat > "$log.json" <<REPORT
{"schema":1,"instance":"$id","environment":"$(init environment)","service":"$(init service)","role":"$(init role)",
"record":"none","settings":"none","result":"failed","release":{},"phases":[],"at":"$(date -u +%FT%TZ)","error":{"name":
"BootstrapFailed","message":"$(tr -c '[:print:]' ' ' <<< "${why//[\"\\]/}")","retryable":$again}}
REPORT
  store "reports/$(init service)/$(about tags/instance/holdfast:role-id)%3A$id/report.json" "$log.json" -X PUT --data-binary "@$log.json" || tail -n 1 "$log" >&3
  exit "$1"
}
value() { tr -d '\n' | sed -nE "s/.*\"$1\" *: *\"([^\"]*)\".*/\1/p"; } # Of JSON without quotes in values.
init() { value "$1" < "$folder/init.json"; }
ask() { curl -sSf --max-time "${seconds:-10}" --retry 8 --retry-connrefused --retry-max-time 100 "$@"; }
about() { ask -H "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1"; }
store() { # KEY BODY OPTION... Arguments show in the process list.
  seconds=120 ask --aws-sigv4 "aws:amz:$AWS_REGION:s3" "${@:3}" --config - "$url/$1" <<CONFIG
user = "$(value AccessKeyId <<< "$keys"):$(value SecretAccessKey <<< "$keys")"
header = "x-amz-security-token: $(value Token <<< "$keys")"
header = "x-amz-content-sha256: $(sha256sum < "$2" | cut -d ' ' -f 1)"
CONFIG
}
fetch() { # FILE FOLDER SHA256
  if sha256sum -c --status <<< "$3  $1"; then return; fi
  store "$2/$3" /dev/null -o "$1.new"
  sha256sum -c <<< "$3  $1.new" >&2
  chmod 755 "$1.new" && mv "$1.new" "$1"
}
install() { if command -v dnf; then dnf install -yq "$1"; else apt-get update -q && apt-get install -yq "$1"; fi >&2; }
fits() { "$1" -e 'process.exit(+(parseInt(process.versions.node) < 24))' && command -v "$1"; }
found() { fits "$folder/node" || fits node || fits node-24; }
imds=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}/latest
token=$(ask -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$imds/api/token")
id=$(about instance-id) AWS_REGION=$(about placement/region)
keys=$(about "iam/security-credentials/$(about iam/security-credentials/ | head -n 1)")
export AWS_REGION DEBIAN_FRONTEND=noninteractive
url=${AWS_ENDPOINT_URL:-https://s3.$AWS_REGION.amazonaws.com}/$(init bucket)
command -v git > /dev/null || install git
path=$(found || true) sha=$(init "$(uname -m)")
if [ -z "$path" ] && command -v dnf > /dev/null; then install nodejs24 || true && path=$(found || true); fi
[ "$path$sha" ] # Found no Node of version 24 or newer, and none in the configuration.
if [ -z "$path" ]; then fetch "$folder/node" node "$sha"; else [ "$path" -ef "$folder/node" ] || ln -sf "$path" "$folder/node"; fi
fetch "$folder/holdfast-agent" agent "$(init agent)"
cat "$log" >&3; set -- "$folder/node" "$folder/holdfast-agent" "${HOLDFAST_COMMAND:-bootstrap}" --init "$folder/init.json"
if [ "$3" = bootstrap ] && [ -d "${HOLDFAST_HOME:-}/run/systemd/system" ]; then "$1" "$2" enable "${@:4}"; else exec "$@" 2>&3; fi

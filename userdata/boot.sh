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
failed() { # Tells console and store which line, and why; retryable without network or apt's lock.
  trap - ERR
  local line=${BASH_LINENO[-2]} again=false
  [ "$BASH_SUBSHELL" = 0 ] || exit "$1"
  case $1 in [5-7] | 28 | 35 | 5[256]) again=true ;; esac
  why="boot.sh line $line: $(sed -n "${line}p" "$0"): status $1: $(tail -n 1 "$log")"
  [[ $why != *" lock"* ]] || again=true
  cat "$log" - <<< "holdfast boot: $why" >&3
  [ "${keys:-}" ] || exit "$1"
  cat > "$log.json" <<REPORT
{"schema":1,"instance":"$id","environment":"$(init environment)","service":"$(init service)","role":"$(init role)",
"record":"none","settings":"none","result":"failed","release":{},"phases":[],"at":"$(date -u +%FT%TZ)","error":{"name":
"BootstrapFailed","message":"$(tr -c '[:print:]' ' ' <<< "${why//[\"\\]/}")","retryable":$again}}
REPORT
  store "reports/$(init service)/$(tag holdfast:role-id)%3A$id/report.json" "$log.json" -X PUT --data-binary "@$log.json" || tail -n 1 "$log" >&3
  abandon || tail -n 1 "$log" >&3
  exit "$1"
}
abandon() { # No launch hook runs out in vain.
  group=$(tag aws:autoscaling:groupName) || return; echo -n "Version=2011-01-01&Action=CompleteLifecycleAction&LifecycleActionResult=ABANDON&LifecycleHookName=holdfast-launch&AutoScalingGroupName=$group&InstanceId=$id" > "$log.form"
  signed autoscaling "${AWS_ENDPOINT_URL:-https://autoscaling.$AWS_REGION.amazonaws.com}/" "$log.form" -d "@$log.form" >&2
}
value() { tr -d '\n' | sed -nE "s/.*\"$1\" *: *\"([^\"]*)\".*/\1/p"; } # Of JSON without quotes in values.
init() { value "$1" < "$folder/init.json"; }
ask() { curl -sSf --max-time "${seconds:-10}" --retry 8 --retry-connrefused --retry-max-time 100 "$@"; }
about() { # Credentials and tags may come late.
  ask --retry 180 --retry-delay 1 --retry-max-time "${patience:-180}" --retry-all-errors -H "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1"
}
tag() { patience=20 about "tags/instance/$1"; }
signed() { # SERVICE URL BODY OPTION... Arguments show in the process list.
  seconds=120 ask --aws-sigv4 "aws:amz:$AWS_REGION:$1" "${@:4}" --config - "$2" <<CONFIG
user = "$(value AccessKeyId <<< "$keys"):$(value SecretAccessKey <<< "$keys")"
header = "x-amz-security-token: $(value Token <<< "$keys")"
header = "x-amz-content-sha256: $(sha256sum < "$3" | cut -d ' ' -f 1)"
CONFIG
}
store() { # KEY BODY OPTION... S3 may not know a new role yet.
  until signed s3 "$url/$1" "${@:2}"; do
    local status=$?
    [ $SECONDS -lt 180 ] && tail -n 1 "$log" | grep -q ': 403' || return "$status"; sleep 1
  done
}
fetch() { # FILE FOLDER SHA256
  if sha256sum -c --status <<< "$3  $1"; then return; fi
  store "$2/$3" /dev/null -o "$1.new"
  sha256sum -c <<< "$3  $1.new" >&2
  chmod 755 "$1.new" && mv "$1.new" "$1"
}
install() { # Updates may hold apt's locks; that of the lists has no timeout.
  if command -v dnf; then dnf install -yq "$1"; else
    until apt-get update -q; do [ $SECONDS -lt 300 ]; sleep 3; done
    apt-get -oDPkg::Lock::Timeout=300 install -yq "$1"
  fi >&2
}
fits() { "$1" -e 'process.exit(+(parseInt(process.versions.node) < 24))' && command -v "$1"; }
found() { fits "$folder/node" || fits node || fits node-24; }
imds=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}/latest
token=$(ask -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 3600' "$imds/api/token")
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

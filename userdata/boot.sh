#!/usr/bin/env bash
# Starts the agent: fetches it from the store bucket by its digest, checks the digest, lets it build this instance.
set -Eeuo pipefail
trap 'echo "holdfast boot: line $LINENO failed: $BASH_COMMAND" >&2' ERR

home=${HOLDFAST_HOME:-}
folder=$home/opt/holdfast
metadata=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}/latest
mkdir -p "$folder"
cat > "$folder/init.json" <<'INIT'
@INIT@
INIT

# The init information is one line of JSON whose values hold no quotes.
init() { sed -E "s/.*\"$1\":\"([^\"]*)\".*/\1/" "$folder/init.json"; }
ask() { curl --silent --show-error --fail --max-time 10 --retry 8 --retry-connrefused "$@"; }

export AWS_REGION
AWS_REGION=$(init region)
bucket=$(init bucket) key=$(init key) sha256=$(init sha256)
store=https://$bucket.s3.$AWS_REGION.amazonaws.com
if [ -n "${AWS_ENDPOINT_URL:-}" ]; then store=$AWS_ENDPOINT_URL/$bucket; fi

if ! echo "$sha256  $folder/holdfast-agent" | sha256sum --check --status 2> /dev/null; then
  token=$(ask --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$metadata/api/token")
  about() { ask --header "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/$1"; }
  role=$(about iam/security-credentials/ | head -n 1)
  credentials=$(about "iam/security-credentials/$role" | tr -d '\n')
  field() { sed -E "s/.*\"$1\" *: *\"([^\"]*)\".*/\1/" <<< "$credentials"; }
  # S3 wants the digest of the body, and this curl may not add it by itself.
  empty=$(sha256sum < /dev/null | cut -d ' ' -f 1)
  # Through a file descriptor: what stands in the arguments shows in the process list.
  ask --max-time 120 --aws-sigv4 "aws:amz:$AWS_REGION:s3" --output "$folder/holdfast-agent.new" --config - <<CONFIG
user = "$(field AccessKeyId):$(field SecretAccessKey)"
header = "x-amz-security-token: $(field Token)"
header = "x-amz-content-sha256: $empty"
url = "$store/$key"
CONFIG
  echo "$sha256  $folder/holdfast-agent.new" | sha256sum --check --status
  chmod 755 "$folder/holdfast-agent.new"
  mv "$folder/holdfast-agent.new" "$folder/holdfast-agent"
fi

exec "$folder/holdfast-agent" bootstrap --init "$folder/init.json"

#!/usr/bin/env bash
# Builds the root file system of the rehearsal's machines and prints its path: Debian 12 with what an image has, no Node.
# Needs root and Debian's packages. Built once for each recipe (this file); any number may run at once.
set -euo pipefail

cache=${HOLDFAST_CACHE:-/var/cache/holdfast}
suite=bookworm
system=systemd,systemd-sysv,dbus,libpam-systemd,iproute2,procps,udev,netbase,ca-certificates
# cloud-init does not configure inside debootstrap, so these come in a second step.
packages=(cloud-init git curl python3 jq xz-utils zstd nftables inotify-tools nginx-light redis-server ansible-core)
# Roles start them; an image does not.
asleep=(nginx redis-server apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer)

digest=$(sha256sum "$0" | cut -c 1-16)
target=$cache/root-$digest
if [ "${1:-}" = --path ]; then
  echo "$target"
  exit
fi
if [ "$(id -u)" != 0 ]; then
  echo "root-file-system: needs root" >&2
  exit 1
fi

mkdir -p "$cache"
exec 9> "$cache/lock"
flock 9
if [ -d "$target" ]; then
  touch "$target"
  echo "$target"
  exit
fi

tools=()
command -v debootstrap > /dev/null || tools+=(debootstrap)
command -v systemd-nspawn > /dev/null || tools+=(systemd-container)
command -v ip > /dev/null || tools+=(iproute2)
export DEBIAN_FRONTEND=noninteractive
{
  if [ "${#tools[@]}" -gt 0 ]; then
    apt-get update -q
    apt-get install -y -q --no-install-recommends "${tools[@]}"
  fi
  new=$cache/new-$digest
  rm -rf "$new"
  debootstrap --variant=minbase --include="$system" "$suite" "$new"
  # How this machine reaches its packages is how the second step does.
  borrowed=$new/etc/apt/apt.conf.d/99borrowed
  { grep -lZ '^Acquire' /etc/apt/apt.conf.d/* || true; } | xargs -0 --no-run-if-empty cat > "$borrowed"
  cp /etc/resolv.conf "$new/etc/resolv.conf"
  # No service may start in the chroot.
  printf '#!/bin/sh\nexit 101\n' > "$new/usr/sbin/policy-rc.d"
  chmod 755 "$new/usr/sbin/policy-rc.d"
  inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive chroot "$new" "$@"; }
  inside apt-get update -q
  inside apt-get install -y -q --no-install-recommends "${packages[@]}"
  inside systemctl disable "${asleep[@]}"
  inside apt-get clean
  rm -rf "$borrowed" "$new/usr/sbin/policy-rc.d" "$new"/var/lib/apt/lists/* \
    "$new"/etc/{resolv.conf,hostname} "$new/var/lib/dbus/machine-id"
  : > "$new/etc/machine-id"
  # Those of older recipes; one that is in use somewhere was touched.
  find "$cache" -maxdepth 1 -name 'root-*' -mtime +7 -exec rm -rf {} +
  touch "$new"
  mv "$new" "$target"
} >&2
echo "$target"

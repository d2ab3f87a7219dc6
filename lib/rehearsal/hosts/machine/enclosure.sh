#!/bin/sh
# Runs a command in namespaces of its own, on the network that machines are plugged into. Nothing in here reaches the
# outside, and mounts, links and processes end with the command, however that ends. Needs root.
set -eu

if [ "${1:-}" != --inside ]; then
  # The process that stays outside is the way to the network inside.
  export HOLDFAST_ENCLOSED=$$
  exec setpriv --pdeathsig KILL \
    unshare --net --mount --pid --fork --kill-child --mount-proc -- "$0" --inside "$@"
fi
shift

# What systemd-nspawn and `ip netns` keep in /run, and the machines' own disks.
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/netns /run/lock
# Version 2 by itself is the same on every kernel, whatever the rest of this machine runs.
if mountpoint -q /sys/fs/cgroup; then umount --recursive /sys/fs/cgroup; fi
mount -t cgroup2 cgroup2 /sys/fs/cgroup
# Groups of machines whose run was killed: nothing runs in them any more.
for group in /sys/fs/cgroup/holdfast-*; do
  if grep -qs 'populated 0' "$group/cgroup.events"; then find "$group" -depth -type d -exec rmdir {} + || true; fi
done

ip link set lo up
ip link add fabric type bridge
ip address add 10.99.0.1/16 dev fabric
ip address add 169.254.169.254/32 dev fabric
ip link set fabric up

exec "$@"

#!/bin/sh
# Installs the programs that tests run beside moltbot, on Debian and Ubuntu:
#   git     the repositories under test
#   age     opens what we encrypt, and the other way round
#   strace  kills an apply at each system call that writes
#   gpg     signs commits that we verify, as do ssh-keygen and openssl
#   bwrap   keeps what agents run away from everything else
#   wat2wasm  makes WebAssembly plugins of the tests from their text
#   ngircd  the IRC server that the IRC channel is tried against
#   chromium  the browser that the web chat is tried in
#   zsh     with fish, the shells besides bash that our completion is tried in
# Nothing happens when all are there. One that cannot be installed fails in CI (CI=true); elsewhere it
# is a warning, and the tests that need it say so.
set -eu

missing=""
for program in git age strace zsh fish gpg openssl chromium; do
  command -v "$program" >/dev/null 2>&1 || missing="$missing $program"
done
command -v bwrap >/dev/null 2>&1 || missing="$missing bubblewrap"
command -v wat2wasm >/dev/null 2>&1 || missing="$missing wabt"
command -v ngircd >/dev/null 2>&1 || [ -x /usr/sbin/ngircd ] || missing="$missing ngircd"
command -v ssh-keygen >/dev/null 2>&1 || missing="$missing openssh-client"
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
# shellcheck disable=SC2086 # both hold several words on purpose
if $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; then
  exit 0
fi

echo "Could not install:$missing. Install them by hand, then run this again." >&2
[ "${CI:-}" != true ]

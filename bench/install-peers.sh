#!/bin/sh
# Installs what `npm run bench` compares moltbot with, where Debian or Ubuntu has it. Needs root.
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install --yes --no-install-recommends cfengine3
apt-get install --yes --no-install-recommends puppet-agent || apt-get install --yes --no-install-recommends puppet

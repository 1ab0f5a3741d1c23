# METADATA
# title: Network ceiling
# description: A network grant stays below the Project's ceiling, which is this machine alone unless `policies.network.ceiling` names other hosts.
package moltbot.policies.network

import rego.v1

grant_deny contains {
	"code": "ceiling",
	"message": "The grant reaches hosts beyond the network ceiling. Narrow it, or add the host to policies.network.ceiling of the Project (default: localhost only).",
} if {
	not below
}

# Not a network grant.
below if input.network == null

below if input.network.inside == true

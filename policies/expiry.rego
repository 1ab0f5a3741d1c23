# METADATA
# title: Expired grants are void
# description: A grant ends at its `expiresAt`. What is still in the manifest after that instant is denied, so that nobody believes it is in force.
package moltbot.policies.expiry

import rego.v1

grant_deny contains {
	"code": "expired",
	"message": "The grant has expired. Remove it, or have its new end reviewed.",
} if {
	not in_force
}

in_force if input.expiry in {"none", "active"}

# METADATA
# title: What judges is not weakened unseen
# description: A change that makes what judges changes less strict is pointed out.
package moltbot.policies.weakening

import rego.v1

admission_warn contains {
	"code": "trust",
	"message": "The change makes what judges changes less strict. It helps nothing else in the same change; see Widening.",
	"path": pointer,
} if {
	some pointer in input.facts.weakened
}

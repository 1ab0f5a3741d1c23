# METADATA
# title: No names that pass for another
# description: A plugin's name is not one that people take for another plugin's, or for a well-known one.
package moltbot.policies.look_alike

import rego.v1

admission_deny contains {
	"code": "same",
	"message": "The name looks the same as that of another plugin, or as a well-known one. Whoever reviews a grant could take one for the other: rename it.",
	"path": "/metadata/name",
} if {
	not gone
	input.facts.lookAlike.same == true
}

admission_warn contains {
	"code": "near",
	"message": "The name is one letter away from that of another plugin, or from a well-known one.",
	"path": "/metadata/name",
} if {
	not gone
	input.facts.lookAlike.same == false
}

# Whether it goes is a fact of its own: reading `input.new` would make every question another one.
gone if input.facts.declared == false

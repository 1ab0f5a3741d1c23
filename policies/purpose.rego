# METADATA
# title: Used for its purpose only
# description: What carries the label `moltbot.dev/purpose` is used only by what has the same purpose.
package moltbot.policies.purpose

import rego.v1

admission_deny contains {
	"code": "other",
	"message": "It uses something that is kept for another purpose (label moltbot.dev/purpose). Give both the same purpose, or let go of it.",
	"path": "/metadata/labels",
} if {
	not gone
	some use in input.facts.purposes
	use.purpose != input.resource.labels["moltbot.dev/purpose"]
}

admission_deny contains {
	"code": "none",
	"message": "It uses something that is kept for a purpose (label moltbot.dev/purpose), and says none itself.",
	"path": "/metadata/labels",
} if {
	not gone
	some _ in input.facts.purposes
	not input.resource.labels["moltbot.dev/purpose"]
}

# Whether it goes is a fact of its own: reading `input.new` would make every question another one.
gone if input.facts.declared == false

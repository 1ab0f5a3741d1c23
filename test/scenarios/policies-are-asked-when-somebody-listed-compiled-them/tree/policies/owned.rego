# METADATA
# title: Owners
package moltbot.policies.owned

import rego.v1

admission_deny contains {
	"code": "owner",
	"message": "Every agent names its owner.",
	"path": "/metadata/labels",
} if {
	input.resource.kind == "Agent"
	not input.resource.labels.owner
}

import type { Resource } from "../../core/index.ts";

/** What nobody's Project says anything about is judged as a Project judges that says nothing: strictly. */
export function noProject(name: string): Resource {
  return { apiVersion: "moltbot.dev/v1alpha1", kind: "Project", metadata: { name }, spec: {} };
}

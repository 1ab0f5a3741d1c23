/** What `--report FORMAT=PATH` can write. */
export const REPORT_FORMATS = ["sarif", "junit", "github", "markdown", "json"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

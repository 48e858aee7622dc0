/** How Google calls projects. */

/** Older projects carry the domain that they belong to: `example.com:my-project`. */
const PROJECT_ID = /^[a-z0-9][a-z0-9.:-]{0,254}$/i;

/** Whether the value can be the id of a project. */
export function isProjectId(value: string): boolean {
  return PROJECT_ID.test(value);
}

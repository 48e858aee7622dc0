/** The properties that gcloud keeps: which configuration is active, and what it says ({@link https://cloud.google.com/sdk/docs/configurations | Google's guide}). */

/** The configuration that is active where nothing names another. */
export const DEFAULT_CONFIGURATION = 'default';

/** How gcloud names configurations: such a name cannot lead out of their folder. */
const CONFIGURATION_NAME = /^[a-z][-a-z0-9]*$/;
const SECTION = /^\[(?<name>[^\]]*)\]$/;
/** The white space before the value is not left to the pattern: where the rest did not fit, it would try each length of it. */
const PROPERTY = /^(?<name>[^=:\s]+)\s*[=:](?<value>.*)$/;

/** The name of the active configuration in gcloud's `active_config` file or variable; undefined where it is none. */
export function readConfigurationName(text: string): string | undefined {
  const name = text.trim();
  return CONFIGURATION_NAME.test(name) ? name : undefined;
}

/** A property of a configuration file, such as `project` of the section `core`; undefined where it is not set. */
export function readProperty(text: string, section: string, name: string): string | undefined {
  let current = '';
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    current = SECTION.exec(line)?.groups?.['name']?.trim() ?? current;
    const property = PROPERTY.exec(line)?.groups;
    if (current !== section || property?.['name'] !== name) continue;
    const value = property['value']?.trim();
    return value === '' ? undefined : value;
  }
  return undefined;
}

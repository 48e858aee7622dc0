/** Reads the segments of paths. */

/** A segment of a path with its escapes undone, as far as they can be. */
export function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

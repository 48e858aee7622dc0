export declare function routeBetween(
  from: string,
  to: string,
  importsFrom: (file: string) => readonly string[],
): string[] | undefined;

import type { Linter } from 'eslint';

export declare const architecture: Pick<Linter.Config, 'plugins' | 'rules'>;

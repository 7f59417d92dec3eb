import { Injectable } from '@nestjs/common';
import type { Sql } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { cellsStatement, type Cell, type Section } from './cells.js';
import { foldCells, type Tallied } from './tally.rules.js';

/** Runs the one aggregate statement of a section. */
@Injectable()
export class CellReader {
  constructor(private readonly db: Database) {}

  async tally(section: Section): Promise<Tallied> {
    return foldCells(section, await this.db.query<Cell>(cellsStatement(section)));
  }

  /** Cells that are made otherwise: the roll-up's. */
  async fold(section: Section, statement: Sql): Promise<Tallied> {
    return foldCells(section, await this.db.query<Cell>(statement));
  }

  async first<R>(statement: Sql): Promise<R> {
    const [row] = await this.db.query<R>(statement);
    return row!;
  }

  all<R>(statement: Sql): Promise<R[]> {
    return this.db.query<R>(statement);
  }
}

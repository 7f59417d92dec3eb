import { createHash } from 'node:crypto';
import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../../platform/clock/clock.js';
import { disposition } from '../../../platform/files/file-kinds.rules.js';
import { Public } from '../../../platform/http/allow.js';
import { NotFound } from '../../../platform/http/problem.js';
import { LANGUAGES } from '../../../platform/i18n/i18n.js';
import { ClustersQueries } from '../../directory/clusters.queries.js';
import { LinkProblemFilter } from '../site/link-problem.filter.js';
import { pathIn } from '../site/portal-page.js';
import { SiteDetails } from '../site/site-details.js';
import { sheetContent } from './sheet-content.js';
import { sheetPdf } from './sheet-pdf.js';

/** Drawing one takes a moment of one processor; reading it again takes none. */
const KEPT_SHEETS = 30;

/** A cluster on one printed page. */
@ApiExcludeController()
@UseFilters(LinkProblemFilter)
@Controller(['', ':lang(en|zh)'])
export class SheetController {
  /** By the digest of what they say, oldest first. */
  private readonly drawn = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly clusters: ClustersQueries,
    private readonly site: SiteDetails,
    private readonly clock: Clock,
  ) {}

  @Public()
  @RouteConfig({ rateLimit: { max: 60, timeWindow: '1 minute' } })
  @Get('clusters/:code/sheet.pdf')
  async sheet(
    @Param('code') code: string,
    @Req() request: FastifyRequest<{ Params: { lang?: string } }>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.clusters.findPublic(code);
    if (!found) throw new NotFound('unknown_cluster');
    const language = LANGUAGES.find((one) => one === request.params.lang) ?? 'vi';
    const content = sheetContent(found, {
      language,
      host: await this.site.host(language),
      address: `${this.site.address}${pathIn(language, `/clusters/${found.code}`)}`,
      today: this.clock.today(),
    });
    const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
    void reply
      .header('etag', `"${digest}"`)
      .header('cache-control', 'public, max-age=60, stale-while-revalidate=60');
    if (request.headers['if-none-match']?.includes(`"${digest}"`)) {
      void reply.status(304).send();
      return;
    }
    void reply
      .type('application/pdf')
      .header('content-disposition', disposition('inline', `${found.code}-${language}.pdf`))
      .send(await this.drawnOnce(digest, () => sheetPdf(content, this.clock.now())));
  }

  private drawnOnce(digest: string, draw: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.drawn.get(digest);
    if (known) return known;
    const drawing = draw();
    drawing.catch(() => this.drawn.delete(digest));
    this.drawn.set(digest, drawing);
    for (const oldest of this.drawn.keys()) {
      if (this.drawn.size <= KEPT_SHEETS) break;
      this.drawn.delete(oldest);
    }
    return drawing;
  }
}

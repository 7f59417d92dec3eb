import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { FollowUpModule } from '../follow-up/follow-up.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { EventsService } from './events.service.js';
import { FirmParticipationsController } from './firm-participations.controller.js';
import { FirmParticipationsQueries } from './firm-participations.queries.js';
import { LockedRounds } from './locked-rounds.js';
import { ParticipantLeads } from './participant-leads.js';
import { ParticipationsController } from './participations.controller.js';
import { ParticipationsQueries } from './participations.queries.js';
import { ParticipationsService } from './participations.service.js';
import { ParticipationsWriter } from './participations.writer.js';
import { PastedListsController } from './pasted-lists.controller.js';
import { PastedLists } from './pasted-lists.service.js';
import { ProgressQueries } from './progress.queries.js';
import { PromotionErasureListener } from './promotion-erasure.listener.js';
import { PromotionReferences } from './promotion-references.js';
import { RoundClosing } from './round-closing.service.js';
import { RoundFollowUp } from './round-follow-up.js';
import { RoundsController } from './rounds.controller.js';
import { RoundsQueries } from './rounds.queries.js';
import { RoundsService } from './rounds.service.js';

/** Promotion rounds, their events, who took part, and how a round ends. */
@Module({
  imports: [DirectoryModule, LeadsModule, FollowUpModule],
  controllers: [
    RoundsController,
    PastedListsController,
    ParticipationsController,
    FirmParticipationsController,
  ],
  providers: [
    RoundsService,
    RoundsQueries,
    ProgressQueries,
    RoundClosing,
    RoundFollowUp,
    EventsService,
    ParticipationsService,
    ParticipationsQueries,
    ParticipationsWriter,
    PastedLists,
    FirmParticipationsQueries,
    ParticipantLeads,
    PromotionReferences,
    LockedRounds,
    PromotionErasureListener,
  ],
  exports: [
    RoundsService,
    RoundsQueries,
    RoundClosing,
    EventsService,
    ParticipationsService,
    ParticipationsQueries,
  ],
})
export class PromotionModule {}

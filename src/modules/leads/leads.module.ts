import { Module } from '@nestjs/common';
import { ActivitiesService, ActivityRows } from './activities.service.js';
import { AnswerRecords } from './answer-records.js';
import { BookedActivities } from './booked-activities.service.js';
import { ClusterLadderQueries } from './pipelines/cluster-ladder.queries.js';
import { IncomingMailRecords } from './incoming-mail.service.js';
import { LeadAnswers } from './lead-answers.js';
import { LeadAssignments } from './lead-assignments.js';
import { LeadCells } from './roll-up/lead-cells.js';
import { LeadEdits } from './lead-edits.js';
import { LeadOpenings } from './lead-openings.js';
import { ContactsMadeQueries } from './contacts-made.queries.js';
import { LeadRecordsQueries } from './lead-records.queries.js';
import { LeadReferences } from './lead-references.js';
import { LeadsController } from './leads.controller.js';
import { LeadsQueries } from './leads.queries.js';
import { LeadsSeed } from './leads.seed.js';
import { LeadsService } from './leads.service.js';
import { LockedLeads } from './locked-leads.js';
import { ClusterLeadsController, PipelinesController } from './pipelines/pipelines.controller.js';
import { PipelinesService } from './pipelines/pipelines.service.js';
import { RoundLeads } from './round-leads.js';
import { StageMoves } from './stage-moves.js';
import { Timeline } from './timeline/timeline.service.js';
import { DocumentsController } from './documents/documents.controller.js';
import { DocumentsQueries } from './documents/documents.queries.js';
import { DocumentsService, DocumentStory } from './documents/documents.service.js';
import { LeadObstaclesController, ObstaclesController } from './obstacles/obstacles.controller.js';
import { ObstaclesQueries } from './obstacles/obstacles.queries.js';
import { ObstacleLeads, ObstaclesService, ObstacleStory } from './obstacles/obstacles.service.js';
import { LeadPermits } from './lead-permits.service.js';
import { ExchangeErasureListener } from './exchange-erasure.listener.js';
import { IdentityModule } from '../identity/identity.module.js';
import { LeadsErasureListener } from './leads-erasure.listener.js';

@Module({
  imports: [IdentityModule],
  controllers: [
    LeadsController,
    PipelinesController,
    ClusterLeadsController,
    DocumentsController,
    ObstaclesController,
    LeadObstaclesController,
  ],
  providers: [
    LeadsErasureListener,
    LeadsService,
    ActivitiesService,
    PipelinesService,
    LeadsQueries,
    ContactsMadeQueries,
    LeadRecordsQueries,
    ClusterLadderQueries,
    LeadsSeed,
    Timeline,
    LeadOpenings,
    LeadReferences,
    LockedLeads,
    StageMoves,
    LeadAssignments,
    RoundLeads,
    LeadEdits,
    LeadAnswers,
    LeadCells,
    AnswerRecords,
    ActivityRows,
    IncomingMailRecords,
    DocumentsQueries,
    DocumentsService,
    DocumentStory,
    ObstaclesQueries,
    ObstaclesService,
    ObstacleLeads,
    ObstacleStory,
    ExchangeErasureListener,
    LeadPermits,
    BookedActivities,
  ],
  exports: [
    ObstaclesService,
    DocumentsService,
    LeadPermits,
    IncomingMailRecords,
    BookedActivities,
    LeadsService,
    ActivitiesService,
    LeadsQueries,
    LeadRecordsQueries,
    Timeline,
    LeadsSeed,
    LeadCells,
  ],
})
export class LeadsModule {}

import { Module } from '@nestjs/common';
import { AgencyService } from './agency/agency.service.js';
import { AgencyController } from './agency/agency.controller.js';
import { ClusterDocumentsService } from './land/cluster-documents.service.js';
import { ClusterLandController } from './land/cluster-land.controller.js';
import { ClusterLandService } from './land/cluster-land.service.js';
import { IncentivesController } from './land/incentives.controller.js';
import { IncentivesService } from './land/incentives.service.js';
import { ClusterLandQueries } from './land/cluster-land.queries.js';
import { ClusterRecordsService } from './cluster-records.service.js';
import { ClustersController } from './clusters.controller.js';
import { ClustersQueries } from './clusters.queries.js';
import { ClustersService } from './clusters.service.js';
import { ConsentQueries } from './consent.queries.js';
import { ConsentService } from './consent.service.js';
import { ContactErasure } from './contact-erasure.service.js';
import { ContactsController } from './contacts.controller.js';
import { ContactsQueries } from './contacts.queries.js';
import { ContactsService } from './contacts.service.js';
import { DirectorySeed } from './directory.seed.js';
import { ErasedAddresses } from './erased-addresses.service.js';
import { FirmsController } from './firms.controller.js';
import { FirmsQueries } from './firms.queries.js';
import { FirmsService } from './firms.service.js';
import { MatchingQueries } from './matching.queries.js';
import { PlacesController } from './places.controller.js';
import { PlacesQueries } from './places.queries.js';
import { TargetsController } from './targets/targets.controller.js';
import { TargetsQueries } from './targets/targets.queries.js';
import { TargetsService } from './targets/targets.service.js';

const SERVICES = [
  AgencyService,
  ClusterLandQueries,
  ClusterLandService,
  ClusterDocumentsService,
  IncentivesService,
  ClustersQueries,
  ClustersService,
  ClusterRecordsService,
  PlacesQueries,
  TargetsQueries,
  TargetsService,
  FirmsQueries,
  MatchingQueries,
  FirmsService,
  ContactsQueries,
  ContactsService,
  ConsentQueries,
  ConsentService,
  ErasedAddresses,
  ContactErasure,
];

/** The land on offer, the firms and their people, consent, the plan's targets. */
@Module({
  controllers: [
    PlacesController,
    ClustersController,
    ClusterLandController,
    IncentivesController,
    AgencyController,
    FirmsController,
    ContactsController,
    TargetsController,
  ],
  providers: [...SERVICES, DirectorySeed],
  exports: SERVICES,
})
export class DirectoryModule {}

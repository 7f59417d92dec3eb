import { Badge, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/page';
import { EmptyState, LoadingRows, QueryState } from '../../components/states';
import { hasStatus } from '../../lib/problem';
import { LeadSequences } from '../follow-up/lead-sequences';
import { LeadActions } from '../leads/lead-actions';
import { LeadCaseLink } from '../leads/lead-case-link';
import { LeadContacts } from '../leads/lead-contacts';
import { LeadEnquiries } from '../leads/lead-enquiries';
import { LeadDocuments } from '../leads/lead-documents';
import { LeadFacts } from '../leads/lead-facts';
import { LeadNext } from '../leads/lead-next';
import { LeadObstacles } from '../leads/lead-obstacles';
import { ColleaguesNotice, OtherLeads } from '../leads/lead-others';
import { leadQuery, useLeadRights, type Lead } from '../leads/lead-queries';
import { LeadStages } from '../leads/lead-stages';
import { LeadTimeline } from '../leads/lead-timeline';
import { LeadVisits } from '../meetings/lead-visits';
import styles from './lead-page.module.css';

/** What happened with an investor, and what is next? */
export function LeadPage() {
  const { t } = useTranslation('lead');
  const { leadId } = useParams({ from: '/shell/leads/$leadId' });
  const query = useQuery(leadQuery(leadId));
  const lead = query.data;
  // one frame from the first moment on: the title keeps the focus that a new page gives it
  return (
    <Page
      title={lead?.firm.name ?? t('page')}
      lead={lead && <Names lead={lead} />}
      actions={lead && <LeadActions key={lead.id} lead={lead} />}
    >
      {hasStatus(query.error, 404) && !lead ? (
        <EmptyState icon={IconMapOff} title={t('gone.title')} text={t('gone.text')} />
      ) : (
        <QueryState query={query} loading={<LoadingRows rows={8} height={64} />}>
          {(read) => <LeadView key={read.id} lead={read} />}
        </QueryState>
      )}
    </Page>
  );
}

function LeadView({ lead }: { lead: Lead }) {
  const may = useLeadRights(lead);
  return (
    <>
      <ColleaguesNotice lead={lead} />
      <LeadStages lead={lead} />
      <div className={styles.lead}>
        <div className={styles.work}>
          <div className={styles.next}>
            <LeadNext lead={lead} />
          </div>
          <LeadEnquiries leadId={lead.id} />
          <LeadVisits lead={lead} />
          <LeadObstacles lead={lead} />
          <LeadSequences leadId={lead.id} mayChange={may.change} />
          <LeadDocuments lead={lead} />
          <div className={styles.story}>
            <LeadTimeline leadId={lead.id} />
          </div>
        </div>
        <div className={styles.side}>
          <div className={styles.people}>
            <LeadContacts lead={lead} />
          </div>
          <LeadCaseLink lead={lead} />
          <LeadFacts lead={lead} />
          <OtherLeads lead={lead} />
        </div>
      </div>
    </>
  );
}

function Names({ lead }: { lead: Lead }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Text inherit span>
        {lead.reference} · {t(`kind.${lead.kind}`)}
      </Text>
      {lead.sample && (
        <Badge variant="light" color="gray" tt="none">
          {t('sample')}
        </Badge>
      )}
    </Group>
  );
}

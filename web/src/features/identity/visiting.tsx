import { Card, Select, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { colleaguesQuery } from '../../components/selects';
import { useMay, useMe } from '../../lib/session';
import { Absences } from './absences';
import { VisitingHours } from './visiting-hours';

/** When investors may come: one's own hours, and for a manager those of colleagues. */
export function Visiting() {
  const me = useMe();
  const [id, setId] = useState(me.id);
  const whose = id === me.id ? undefined : id;
  return (
    <Stack>
      {useMay('meeting.write_any') && <WhoseHours id={id} choose={setId} />}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Card withBorder p="lg">
          <VisitingHours key={id} whose={whose} />
        </Card>
        <Card withBorder p="lg">
          <Absences key={id} whose={whose} />
        </Card>
      </SimpleGrid>
    </Stack>
  );
}

function WhoseHours({ id, choose }: { id: string; choose: (id: string) => void }) {
  const { t } = useTranslation('visiting');
  const me = useMe();
  const { data } = useQuery(colleaguesQuery);
  const others = (data ?? []).filter((one) => one.id !== me.id);
  return (
    <Select
      label={t('whose')}
      w={{ base: '100%', xs: 320 }}
      allowDeselect={false}
      searchable
      data={[
        { value: me.id, label: t('mine') },
        ...others.map(({ id: value, name: label }) => ({ value, label })),
      ]}
      nothingFoundMessage={t('nothingFound', { ns: 'common' })}
      value={id}
      onChange={(value) => choose(value ?? me.id)}
    />
  );
}

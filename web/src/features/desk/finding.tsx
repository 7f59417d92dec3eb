import { Combobox, Loader, Modal, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue, useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matches } from '../../lib/fold';
import { useCommands, type Command, type Lent } from './find-commands';
import { CommandGroups, HitGroups } from './find-options';
import { placeOf, recentHits, remember, useFound, type Hit } from './find-queries';
import { TodayDialogs } from './today-dialogs';

interface FindingProps extends Lent {
  /** Grows with each opening. */
  asked: number;
}

/** Anything by its name, and what can be done from anywhere. */
export default function Finding({ asked, ...lent }: FindingProps) {
  const { t } = useTranslation('find');
  const [opened, { open, close }] = useDisclosure(true);
  const [calling, setCalling] = useState<{ times: number; leadId: string } | null>(null);
  const narrow = useMediaQuery('(max-width: 36em)');
  useEffect(open, [asked, open]);
  return (
    <>
      <Modal
        opened={opened}
        onClose={close}
        title={t('title')}
        size="lg"
        yOffset="10vh"
        fullScreen={narrow}
        closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
      >
        <Finder
          lent={lent}
          close={close}
          call={(leadId) => setCalling((before) => ({ times: (before?.times ?? 0) + 1, leadId }))}
        />
      </Modal>
      {calling && <TodayDialogs key={calling.times} asking={{ what: 'contact', leadId: calling.leadId }} />}
    </>
  );
}

interface FinderProps {
  lent: Lent;
  close: () => void;
  call: (leadId: string) => void;
}

/** What is typed, what matches it, and what comes of choosing one. */
function useFinder({ lent, close, call }: FinderProps) {
  const [typed, setTyped] = useState('');
  const [forCall, setForCall] = useState(false);
  const [q] = useDebouncedValue(typed.trim(), 120);
  const found = useFound(q);
  const navigate = useNavigate();
  // the list is always open: who closes it by Escape is done with finding
  const combobox = useCombobox({ defaultOpened: true, onDropdownClose: close });
  const all = useCommands(lent, () => {
    setForCall(true);
    setTyped('');
  });
  const commands = forCall ? [] : all.filter(({ label }) => !typed.trim() || matches(typed, label));
  const groups = forCall ? found.groups.filter(({ type }) => type === 'lead') : found.groups;
  const recent = typed.trim() ? [] : recentHits().filter(({ type }) => !forCall || type === 'lead');

  useEffect(() => {
    combobox.selectFirstOption();
    // what is found changes, the store does not
  }, [q, found.data, forCall]);

  const openHit = (hit: Hit) => {
    remember(hit);
    close();
    if (forCall) call(hit.id);
    else void navigate({ to: placeOf(hit) });
  };
  const run = (command: Command) => {
    if (!command.stays) close();
    command.run();
  };
  const submit = (value: string) => {
    const command = commands.find(({ id }) => value === `command:${id}`);
    if (command) return run(command);
    const hit = [...recent, ...groups.flatMap(({ hits }) => hits)].find(
      ({ type, id }) => value.replace(/^recent:/, '') === `${type}:${id}`,
    );
    if (hit) openHit(hit);
  };
  return { typed, setTyped, forCall, q, found, combobox, commands, groups, recent, submit };
}

function Finder(props: FinderProps) {
  const { t } = useTranslation('find');
  const { typed, setTyped, forCall, q, found, combobox, commands, groups, recent, submit } = useFinder(props);
  const shown = commands.length + recent.length + groups.length;
  return (
    <Combobox store={combobox} onOptionSubmit={submit}>
      <Combobox.EventsTarget>
        <TextInput
          size="md"
          data-autofocus
          aria-label={t(forCall ? 'whichLead' : 'title')}
          placeholder={t(forCall ? 'whichLead' : 'placeholder')}
          leftSection={<IconSearch size={18} aria-hidden />}
          rightSection={found.isFetching ? <Loader size="xs" /> : undefined}
          value={typed}
          maxLength={200}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </Combobox.EventsTarget>
      {found.isError && q.length >= 2 && (
        <Text role="status" size="sm" c="var(--mantine-color-error)" mt="xs">
          {t('away')}
        </Text>
      )}
      <ScrollArea.Autosize mah="60vh" type="auto" mt="xs">
        <Combobox.Options aria-label={t('results')}>
          <HitGroups groups={groups} recent={recent} />
          <CommandGroups commands={commands} />
          {shown === 0 && (
            <Combobox.Empty>
              {t(found.isFetching ? 'searching' : typed.trim() ? 'nothingFound' : 'whichLead', {
                ns: found.isFetching || typed.trim() ? 'common' : 'find',
              })}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </ScrollArea.Autosize>
    </Combobox>
  );
}

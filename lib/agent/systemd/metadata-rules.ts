import type { UnitFiles } from './unit-text.ts';

/** The metadata service, exactly: time and name servers stand beside it. */
const addresses = { ip: '169.254.169.254', ip6: 'fd00:ec2::254' } as const;

/** The table of these rules; it holds nothing else. */
const table = 'table inet holdfast_metadata';

/** Removes the table, whether it is there or not. */
export const noRules = `${table}\ndelete ${table}\n`;

/**
 * Rules that let the metadata service be asked by these user ids alone. Loading them again changes nothing. Containers
 * with a network of their own are forwarded, whoever runs in them.
 */
export function metadataRules(uids: readonly number[]): string {
  const to = Object.entries(addresses);
  return `${noRules}${table} {
  chain ask {
    meta skuid { ${uids.join(', ')} } accept
    reject
  }
  chain output {
    type filter hook output priority -10; policy accept;
${to.map(([family, address]) => `    ${family} daddr ${address} jump ask`).join('\n')}
  }
  chain forward {
    type filter hook forward priority -10; policy accept;
${to.map(([family, address]) => `    ${family} daddr ${address} drop`).join('\n')}
  }
}
`;
}

/**
 * The unit that loads the rules at each boot before there is a network. The distribution's unit empties all tables when
 * it starts or reloads, so this one follows it.
 */
export const rulesUnit = (file: string) => `[Unit]
Description=Holdfast: keeps the instance metadata service for root
DefaultDependencies=no
ConditionPathExists=${file}
After=nftables.service
PartOf=nftables.service
ReloadPropagatedFrom=nftables.service
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=nft --file ${file}
ExecReload=nft --file ${file}

[Install]
WantedBy=multi-user.target
`;

/** Units of root that need the metadata service: the agent, cloud-init, the agents of AWS. */
const exempt = ['holdfast-', 'cloud-', 'amazon-', 'snap.amazon-ssm-agent.amazon-ssm-agent'];

/** Drop-ins that take the metadata service from every unit but those: where there is no nftables. */
export function denyingUnits(): UnitFiles {
  const name = 'holdfast-metadata.conf';
  const denied = Object.values(addresses).join(' ');
  return {
    [`service.d/${name}`]: `[Service]\nIPAddressDeny=${denied}\n`,
    ...Object.fromEntries(exempt.map((each) => [`${each}.service.d/${name}`, '[Service]\nIPAddressDeny=\n'])),
  };
}

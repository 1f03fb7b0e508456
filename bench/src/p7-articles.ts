import { createHash } from 'node:crypto';

// Articles as a support desk writes them, made of parts by a seeded chance: some words in every tenth title, most in few.

const symptoms =
  'Erro ao|Como|Lentidão ao|Falha ao|Mensagem ao|Dúvida: como|Passo a passo para|Não consigo|Dica para|Configuração para|Valor incorreto ao|Sistema fecha ao';
const deeds =
  'emitir|calcular|importar|exportar|transmitir|cancelar|imprimir|gerar|validar|conciliar|integrar|atualizar|configurar|excluir|reprocessar|fechar|abrir|consultar|alterar|aprovar|assinar|restaurar|copiar|agendar';
const things =
  'nota fiscal eletrônica|folha de pagamento|férias coletivas|rescisão complementar|décimo terceiro salário|relatório de estoque|pedido de compra|pedido de venda|ordem de produção|boleto bancário|remessa CNAB|extrato bancário|lançamento contábil|apuração de ICMS|SPED fiscal|evento do eSocial|espelho do ponto|banco de horas|inventário rotativo|onda de separação|conferência cega|romaneio de carga|saldo do almoxarifado|custo médio|cadastro de funcionários|adiantamento salarial|envelope de pagamento|guia de recolhimento|certificado digital|usuário do portal|senha de rede|conexão VPN|base de homologação|cópia de segurança|licença do servidor|serviço do host|planilha de orçamento|medição da obra|diário de classe|matrícula do aluno|contrato de locação|comissão de vendedores|tabela de preços|transferência entre filiais|baixa de títulos|rateio por centro de custo|depreciação de ativos|cálculo do MRP|apontamento de produção|carta de correção';
const places =
  'na filial|no servidor de aplicação|após a atualização|em três camadas|com Oracle|com SQL Server|pelo portal|no coletor|na nuvem|na virada do mês|no encerramento do exercício|com certificado A1|com certificado A3|para estrangeiros|em lote|sem permissão|com rejeição da SEFAZ|no ambiente de teste|para diretores|com desconto|no regime monofásico|em contingência';
const steps =
  'Abra a rotina e confira os parâmetros|Verifique a versão em Ambiente, Sobre|Confirme com o responsável da área antes de repetir o processo|Anexe o log completo e a tela sem cortes|Reinicie o serviço e aguarde dois minutos|O comportamento é esperado quando o período está encerrado|Aplique o pacote acumulado do mês|Recalcule apenas o funcionário afetado|Compare o resultado com a memória de cálculo|Execute primeiro na base de homologação|A integração grava o registro na fila e tenta outra vez|Limpe o cache do navegador e entre de novo|Libere a porta no firewall e teste a conexão|Consulte o saldo antes e depois da movimentação';
/** What people type: without accents, with typos, with words that no article has. */
export const typedTitles = [
  'Erro ao calcular férias coletivas na filial 2',
  'nota fiscal nao transmite com rejeicao da sefaz',
  'Lentidão ao consultar pedido de venda',
  'como importar extrato bancario',
  'Sistema lento desde ontem quando consulto pedidos de venda no coletor',
  'folha de pagameto nao fecha na virada do mes',
  'MATA1443',
  'Erro ao abrir o RM: licença não encontrada no servidor',
  'certificado digital vencido',
  'evento do esocial recusado pelo portal',
  'impressao de boletos em lote com desconto sai cortada',
  'Usuário novo sem permissão no ambiente de teste',
  'romaneio de carga duplicado',
  'custo medio zerado apos a atualizacao da versao 12.1.2410',
];

// The rest of a desk's vocabulary: twenty thousand words that nobody says, the first of them often and the last hardly ever.
const LEXICON = 20_000;
const syllables = 'ba|ce|di|fo|gu|la|me|ni|po|ru|sa|te|vi|xo|zu|cri|pla|tre|flo|gra'.split('|');
const word = (nth: number): string => {
  let text = '';
  for (let left = nth + 400; left > 0; left = Math.floor(left / 20)) text += syllables[left % 20];
  return text;
};

const parts = (text: string): string[] => text.split('|');
const [symptom, deed, thing, place, step] = [symptoms, deeds, things, places, steps].map(parts) as [
  string[],
  string[],
  string[],
  string[],
  string[],
];

export interface GeneratedArticle {
  title: string;
  summary: string;
  body: string;
  audience: string;
  /** The nth of the products. */
  product: number;
}

/** The article of a number, always the same. */
export function generatedArticle(number: number): GeneratedArticle {
  const chance = chancesOf(number);
  const one = (list: string[]): string => list[Math.floor(chance() * list.length)] ?? '';
  const said = (): string => word(Math.floor(LEXICON ** chance()));
  const rare = `${one(['MATA', 'FINA', 'GPEM', 'RE', 'FT', 'S', 'VDP', 'CE'])}${100 + Math.floor(chance() * 3_000)}`;
  const [what, where] = [one(thing), one(place)];
  const title = `${one(symptom)} ${one(deed)} ${what} ${where}${chance() < 0.5 ? ` ${said()}` : ''}${chance() < 0.4 ? ` (${rare})` : ''}`;
  const lines = Array.from({ length: 10 }, () => `${one(step)}: ${[said(), said(), said(), said(), said()].join(' ')}.`);
  const body = `## Sintoma\n\n${one(deed)} ${what} ${where} apresenta a mensagem ${rare}.\n\n## Solução\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
  return {
    title,
    summary: `${what} ${where}: ${one(step).toLowerCase()}.`,
    body,
    audience: one(['PUBLIC', 'CLIENTS', 'CLIENTS', 'INTERNAL']),
    product: number,
  };
}

/** Numbers from 0 to below 1 that look like chance and are the same for the same seed. */
function chancesOf(seed: number): () => number {
  let left: number[] = [];
  let round = 0;
  return () => {
    if (left.length === 0) {
      const digest = createHash('sha256').update(`${seed}:${round++}`).digest();
      left = Array.from({ length: 8 }, (_, at) => digest.readUInt32BE(at * 4) / 2 ** 32);
    }
    return left.pop() ?? 0;
  };
}

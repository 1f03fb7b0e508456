// A level of a catalogue as a big product has it: names made of the parts of real ones, the same for the same number.

const deeds =
  'Emissão|Cálculo|Consulta|Importação|Fechamento|Cadastro|Relatório|Conferência|Integração|Transmissão|Apuração|Reprocessamento'.split(
    '|',
  );
const things =
  'nota fiscal eletrônica|folha de pagamento|férias coletivas|pedido de venda|ordem de produção|título a pagar|lançamento contábil|saldo em estoque|romaneio de carga|comissão|tabela de preços|ativo fixo|ponto eletrônico|contrato|boleto bancário'.split(
    '|',
  );
const places =
  'por filial|por centro de custo|em lote|do mês|com desconto|no coletor|pelo portal|para exportação|em contingência|da matriz'.split('|');

const of = (parts: string[], number: number): string => parts[number % parts.length] ?? '';

/** The lines of a file of so many routines below one entry, with its header. */
export function generatedFile(parent: string, count: number): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const name = `${of(deeds, at)} de ${of(things, Math.floor(at / 12))} ${of(places, Math.floor(at / 180))} ${at}`;
    return `${parent},ROUTINE,p8-${at},${name},P8${String(at).padStart(5, '0')} | rotina ${at % 997}`;
  });
  return ['parent,level,code,label,aliases', ...rows].join('\n');
}

/** What people type to find one of them, without accents, by beginnings, by alias, in vain. */
export const searches = [
  'emissao',
  'emissao de nota',
  'calc fol',
  'p8019',
  'rotina 512',
  'romaneio coletor',
  'apuracao contrato lote',
  'zz',
  'relatorio de titulo a pagar 19',
];

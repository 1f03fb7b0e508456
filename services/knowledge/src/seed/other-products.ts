import { article } from './demo-article.ts';

const clients = { audience: 'CLIENTS' as const, kind: 'ARTICLE' as const };
const datasul = { ...clients, products: ['erp/datasul'] };
const winthor = { ...clients, products: ['distribution/winthor'] };
const wms = { ...clients, products: ['logistics/wms'] };

export const otherProducts = [
  article(
    'ce0401-parado',
    {
      ...datasul,
      modules: ['erp/datasul/materiais'],
      title: 'Cálculo do médio mensal (CE0401) parado num item',
      summary: 'Identificar o item, a transação sem custo e recomeçar do ponto certo.',
      labels: ['ce0401', 'custo médio', 'estoque'],
    },
    `
    1. No acompanhamento do processo, anote o **item e o estabelecimento** em que parou.
    2. Liste as transações do item no período. Procure entradas **sem valor** e transferências com uma só perna.
    3. Corrija o documento de origem; não altere o custo direto na tabela.
    4. Volte a situação do período e execute outra vez **só o estabelecimento** afetado.

    Se vários itens pararem no mesmo ponto, a causa costuma ser uma ordem de produção reportada sem consumo.
    `,
  ),
  article(
    'rpw-nao-processa',
    {
      ...datasul,
      modules: ['erp/datasul/plataforma-datasul'],
      title: 'Execução em lote (RPW) não processa os pedidos da fila',
      summary: 'Servidor parado, fila sem servidor ou pedido preso: como ver e liberar.',
      labels: ['rpw', 'agendamento', 'fila'],
    },
    `
    - **Nenhum** pedido anda: o servidor de execução está parado. Inicie-o e veja se grava no log.
    - **Uma** fila não anda: nenhum servidor a atende. Confira o vínculo entre servidor e fila.
    - **Um** pedido não anda e segura os outros: cancele-o e execute o programa em tela, para ver a mensagem.
    - Agendado para **outro usuário**: a senha dele mudou ou ele foi inativado.

    Depois de uma queda, pedidos “em execução” continuam assim. Só eles precisam ser liberados à mão.
    `,
  ),
  article(
    'ft4003-nota-nao-calcula',
    {
      ...datasul,
      modules: ['erp/datasul/distribuicao-datasul'],
      title: 'Nota não calcula no FT4003: natureza de operação e saldo',
      summary: 'O que conferir quando o embarque existe e o cálculo não gera a nota.',
      labels: ['ft4003', 'faturamento', 'natureza', 'nota fiscal'],
    },
    `
    1. A **natureza de operação** permite faturar e tem modelo de documento eletrônico?
    2. A **série** tem a próxima numeração livre, sem saltos bloqueados?
    3. O **saldo** do depósito é suficiente, já com o que está alocado?
    4. O **embarque** está confirmado?

    Calcule um embarque só. Em lote as mensagens saem no relatório de erros, que precisa ser pedido na tela.
    `,
  ),
  article(
    'pedido-bloqueado-vdp0745',
    {
      ...clients,
      products: ['erp/logix'],
      modules: ['erp/logix/comercial'],
      title: 'Pedido bloqueado no faturamento (VDP0745)',
      summary: 'Bloqueio de crédito, de preço ou de saldo: onde cada um aparece no Logix.',
      labels: ['vdp0745', 'pedido', 'faturamento', 'bloqueio'],
    },
    `
    1. Consulte a **situação do pedido**. O código diz o tipo de bloqueio.
    2. *Crédito*: títulos vencidos ou limite. O financeiro libera o cliente ou só o pedido.
    3. *Preço*: abaixo da lista. Libera o gerente comercial.
    4. *Saldo*: itens sem estoque no local de saída. Transfira ou fature em parte.
    5. Liberado e ainda parado? Confira a **data-base** do faturamento e a empresa em que você entrou.
    `,
  ),
  article(
    'rotina-1402-nao-fatura',
    {
      ...winthor,
      modules: ['distribution/winthor/faturamento-winthor'],
      title: 'Rotina 1402 não gera o faturamento do carregamento',
      summary: 'Posição do pedido, carregamento aberto e parâmetro da filial.',
      labels: ['1402', 'faturamento', 'carregamento'],
    },
    `
    1. O pedido está na posição **montada**? Pedido liberado e não montado não é faturado.
    2. O **carregamento** foi fechado? Aberto, ele não aparece na 1402.
    3. A **filial** da rotina é a do carregamento?
    4. Há item sem **tributação** cadastrada para o estado do cliente? O restante do carregamento fica parado com ele.

    Para achar o item, fature um pedido por vez a partir do maior.
    `,
  ),
  article(
    'rotina-1452-rejeicao-duplicidade',
    {
      kind: 'ARTICLE',
      audience: 'PUBLIC',
      products: ['distribution/winthor'],
      modules: ['distribution/winthor/faturamento-winthor'],
      title: 'Rotina 1452: nota rejeitada por duplicidade (204 e 539)',
      summary: 'A SEFAZ já tem uma nota com esse número. A mesma ou outra?',
      labels: ['1452', 'nf-e', 'sefaz', 'rejeição', 'nota fiscal'],
    },
    `
    | Rejeição | Quer dizer | O que fazer |
    |---|---|---|
    | 204 | a **mesma** nota já foi autorizada | consultar a chave e atualizar a situação |
    | 539 | **outra** chave com o mesmo número | comparar as duas chaves antes de qualquer coisa |

    No caso 539 a diferença está em geral no **código numérico** ou no **mês**: a nota foi gerada outra vez com outra data. Recupere o
    XML autorizado pela chave que a SEFAZ informa. Não inutilize um número que foi autorizado.
    `,
  ),
  article(
    'onda-presa-no-coletor',
    {
      ...wms,
      modules: ['logistics/wms/expedicao'],
      title: 'Onda de separação presa no coletor de dados',
      summary: 'A tarefa ficou com um operador que saiu: devolver à fila sem perder o que já foi separado.',
      labels: ['onda', 'separação', 'coletor'],
    },
    `
    1. Na **gestão de tarefas**, filtre a onda e as tarefas em execução. A coluna *operador* diz com quem ficou.
    2. Se o coletor está à mão, entre com o mesmo operador e **conclua ou interrompa** a tarefa.
    3. Senão, **devolva** a tarefa à fila. O que foi confirmado fica; só o resto é separado outra vez.
    4. Confira o volume do endereço de origem: uma contagem rápida evita falta na conferência.

    Coletor sem rede guarda as leituras e as envia quando volta. Espere cinco minutos antes de devolver.
    `,
  ),
  article(
    'acertar-saldos-wms-erp',
    {
      ...wms,
      kind: 'TUTORIAL',
      modules: ['logistics/wms/integracao-wms'],
      title: 'Acertar saldos entre o WMS e o ERP',
      summary: 'Descobrir qual lado está certo, corrigir a integração e só então ajustar.',
      labels: ['saldo', 'integração', 'erp', 'estoque', 'inventário'],
    },
    `
    1. Pare os recebimentos e as expedições do item, ou escolha um horário sem movimento.
    2. Compare **por lote e situação**: bloqueado no WMS e livre no ERP parece diferença e não é.
    3. Veja a **fila da integração**. Mensagem parada? Reprocesse e compare outra vez.
    4. Conte o endereço. O físico decide.
    5. Ajuste **um** dos lados e confira que o outro recebeu o movimento.

    Diferenças que voltam no dia seguinte são da integração, não do estoque: abra um chamado com o número da mensagem.
    `,
  ),
];

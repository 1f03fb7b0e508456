/** What people write in the demo's tickets. */
export const demoTexts = [
  {
    subject: 'Erro ao calcular férias coletivas',
    description: 'Ao calcular as férias coletivas da filial 2 o sistema mostra “valor nulo em campo obrigatório” e para.',
  },
  {
    subject: 'Nota fiscal não transmite',
    description: 'A transmissão fica em “aguardando retorno” desde as 8h. As demais filiais transmitem.',
  },
  {
    subject: 'Dúvida sobre rateio por centro de custo',
    description: 'Como configurar o rateio automático para que cada lançamento use o centro de custo do funcionário?',
  },
  { subject: 'Relatório de folha desalinhado', description: 'Na impressão do resumo da folha a coluna de descontos sai fora da página.' },
  { subject: 'Lentidão na consulta de pedidos', description: 'A consulta de pedidos leva mais de um minuto desde a atualização de ontem.' },
  {
    subject: 'Usuário sem acesso ao ambiente de homologação',
    description: 'O usuário novo recebe “acesso negado” na homologação; na produção entra.',
  },
  {
    subject: 'Integração bancária devolve arquivo vazio',
    description: 'O retorno do banco chega com zero registros, embora existam pagamentos no dia.',
  },
  {
    subject: 'Certificado digital vencido no servidor',
    description: 'O certificado venceu hoje. Precisamos instalar o novo no servidor de aplicação.',
  },
  {
    subject: 'Saldo do estoque diferente do inventário',
    description: 'Depois do inventário o saldo do almoxarifado 3 ficou diferente do contado em 41 itens.',
  },
  { subject: 'eSocial recusa o evento S-1200', description: 'O evento volta com o erro 543 para seis colaboradores. O lote tem 212.' },
];

export const demoMessages = {
  question: 'Bom dia! Pode nos dizer a versão completa (Ambiente › Sobre) e enviar o print sem cortes da mensagem?',
  answer: 'Segue: versão 12.1.2410. O print está no anexo. Acontece com todos os usuários.',
  solution: 'Identificamos a causa. Aplique o pacote indicado e repita o processo; se algo persistir, responda por aqui.',
  note: 'Verificar se o cliente aplicou o pacote acumulado do mês.',
};

import { sameText, text } from '../../form/form-text.ts';
import { productLine } from './product-line.ts';
import { distribution } from './segments.ts';

export const winthor = productLine({
  macroSegment: distribution,
  code: 'winthor',
  labels: sameText('Winthor'),
  aliases: ['PC Sistemas'],
  serviceGroup: 'winthor',
  versions: ['30', '29', '28'],
  effects: [
    ['INVOICING_BLOCKED', text('Faturamento impedido', 'Invoicing blocked', 'Facturación impedida')],
    ['LOADING_BLOCKED', text('Carregamento impedido', 'Loading blocked', 'Carga impedida')],
  ],
  modules: `
vendas-winthor | Vendas | Sales | Ventas
  pedidos-winthor | Pedidos | Orders | Pedidos
    r316 | 316 Digitar pedido de venda | 316 Enter sales order | 316 Digitar pedido de venta
    r336 | 336 Alterar pedido de venda | 336 Change sales order | 336 Cambiar pedido de venta
  forca-vendas | Força de vendas | Sales force | Fuerza de ventas
    r2100 | Força de vendas no celular | Mobile sales force | Fuerza de ventas móvil
faturamento-winthor | Faturamento | Invoicing | Facturación
  notas-winthor | Notas fiscais | Invoices | Facturas
    r1402 | 1402 Gerar faturamento | 1402 Generate invoices | 1402 Generar facturación
    r1452 | 1452 Emitir documento eletrônico | 1452 Issue electronic document | 1452 Emitir documento electrónico
compras-winthor | Compras | Purchasing | Compras
  entrada-winthor | Entrada de mercadorias | Goods receipt | Entrada de mercancías
    r1301 | 1301 Receber mercadoria | 1301 Receive goods | 1301 Recibir mercancía
    r220 | 220 Digitar pedido de compra | 220 Enter purchase order | 220 Digitar pedido de compra
financeiro-winthor | Financeiro | Finance | Finanzas
  titulos | Títulos | Receivables and payables | Títulos
    r1207 | 1207 Baixar títulos | 1207 Settle receivables | 1207 Cancelar títulos
    r749 | 749 Incluir títulos a pagar | 749 Enter payables | 749 Incluir títulos por pagar
fiscal-winthor | Fiscal | Tax | Fiscal
  livros-winthor | Livros fiscais | Tax books | Libros fiscales
    r1097 | Apuração de impostos | Tax assessment | Liquidación de impuestos
`,
});

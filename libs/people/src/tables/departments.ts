/** A department of the typical organisation. */
export interface DepartmentKind {
  readonly name: string;
  /** Place of the parent in this list. */
  readonly parent: number | null;
  /** Title of the department's head, an index of `POSITIONS`. */
  readonly head: number;
  /** Titles of everybody else, indexes of `POSITIONS`. */
  readonly staff: readonly number[];
}

const kind = (name: string, parent: number | null, head: number, staff: readonly number[]): DepartmentKind => ({
  name,
  parent,
  head,
  staff,
});

/** Every organisation has the first N of these; parents come before children, the first is the only root. */
export const DEPARTMENTS: readonly DepartmentKind[] = [
  kind('Администрация', null, 0, [46, 45, 47]),
  kind('Отдел кадров', 0, 2, [3, 4, 5]),
  kind('Бухгалтерия', 0, 6, [7, 7, 8]),
  kind('Производство', 0, 1, [34, 35, 36, 37, 38, 39, 40]),
  kind('Отдел продаж', 0, 1, [19, 19, 20, 21]),
  kind('Отдел информационных технологий', 0, 1, [13, 14, 15, 16, 17, 18]),
  kind('Юридический отдел', 0, 1, [11, 12]),
  kind('Склад', 0, 1, [29, 30, 31, 31]),
  kind('Планово-экономический отдел', 0, 1, [9, 10]),
  kind('Отдел закупок', 0, 1, [24, 25]),
  kind('Отдел логистики', 0, 1, [26, 27, 27, 28]),
  kind('Отдел маркетинга', 4, 1, [22, 23]),
  kind('Цех № 1', 3, 1, [34, 35, 36, 37, 38, 39]),
  kind('Цех № 2', 3, 1, [34, 35, 36, 37, 38, 39]),
  kind('Отдел контроля качества', 3, 1, [41, 42]),
  kind('Отдел охраны труда', 0, 1, [43, 44]),
  kind('Служба главного технолога', 3, 1, [32, 33]),
  kind('Отдел технической поддержки', 5, 1, [18, 13]),
  kind('Отдел разработки', 5, 1, [14, 15, 16, 17]),
  kind('Отдел подбора персонала', 1, 1, [5, 3]),
  kind('Канцелярия', 0, 1, [45, 48]),
  kind('Служба безопасности', 0, 1, [49, 50]),
  kind('Хозяйственный отдел', 0, 1, [47, 51, 27]),
  kind('Цех № 3', 3, 1, [34, 35, 36, 37, 38, 39]),
  kind('Расчётный отдел', 2, 1, [7, 8]),
  kind('Отдел по работе с ключевыми клиентами', 4, 1, [20, 21]),
  kind('Транспортный участок', 10, 1, [27, 27, 28]),
  kind('Ремонтный участок', 3, 1, [36, 38, 40]),
  kind('Центральный склад', 7, 1, [29, 31]),
  kind('Лаборатория', 14, 1, [42, 41]),
];

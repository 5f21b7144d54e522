# Постоянные строки отчётов на русском языке.
#
# { $name } подставляет программа: каждый показатель доступен под своим именем с дефисами
# ($activities-total; $participants-women-reported — сколько мероприятий его сообщили), а также
# списки из src/compile/phrases.rs. { WORDS($n, gender: "f", case: "dat") } — число словами до
# десяти; at: "start" начинает предложение. { NUM($n) } — цифры по группам.

## Обложка и сведения об отчёте
report-title = Квартальный отчёт Региональной руководящей группе
version = Версия
data-as-of = Данные по состоянию на
imprint-title = Об этом отчёте
programme-label = Программа
period-label = Отчётный период
period-span = { $period }: с { $first-day } по { $last-day }
handling-label = Порядок обращения
contact-label = Контакт
version-told = { $revision ->
    [1] 1, первая за этот период
   *[other] { $revision }, заменяет версию { $previous-revision }
}
contents = Содержание
running-foot = { $period } · версия { $revision }
page-of = Стр. {"{"}page{"}"} из {"{"}pages{"}"}
table-continued = продолжение
strip-caption = { $busy ->
    [0] Ни в один из { days-gen } периода мероприятий с указанными датами не было
   *[other] Мероприятия шли в { $busy ->
        [one] { WORDS($busy, case: "acc") } день
        [few] { WORDS($busy, case: "acc") } дня
       *[many] { WORDS($busy, case: "acc") } дней
    } из { NUM($days) }
}{ $undated ->
    [0] {""}
   *[other] {""}; у { WORDS($undated, gender: "n", case: "gen") } { $undated ->
        [one] мероприятия
       *[many] мероприятий
    } даты не указаны
}
days-gen = { $days ->
    [one] { NUM($days) } дня
   *[many] { NUM($days) } дней
}
strip-alt = { strip-caption }. Больше всего за один день: { NUM($most) }.

## Резюме
summary-title = Краткое резюме
summary-activities = { $activities-total ->
    [0] { $in-months-start } не завершилось ни одного мероприятия.
    [1] { $in-months-start } завершилось одно мероприятие; { $activities-dated ->
        [0] его даты не указаны.
       *[other] оно заняло { days-words }.
    }
   *[other] { $in-months-start } завершилось { activities-words }; { $undated ->
        [0] вместе они заняли { days-words }.
       *[other] { $activities-dated ->
            [0] их даты не указаны.
            [1] у одного из них указаны даты, оно заняло { days-words }.
           *[other] у { WORDS($activities-dated, gender: "n", case: "gen") } из них указаны даты, вместе они заняли { days-words }.
        }
    }
}
activities-words = { $activities-total ->
    [one] { WORDS($activities-total, gender: "n") } мероприятие
    [few] { WORDS($activities-total, gender: "n") } мероприятия
   *[many] { WORDS($activities-total, gender: "n") } мероприятий
}
days-words = { $activity-days-total ->
    [one] { WORDS($activity-days-total, case: "acc") } день
    [few] { WORDS($activity-days-total, case: "acc") } дня
   *[many] { WORDS($activity-days-total, case: "acc") } дней
}
people = { $participants-total ->
    [one] { NUM($participants-total) } человек
    [few] { NUM($participants-total) } человека
   *[many] { NUM($participants-total) } человек
}
summary-participants = { $activities-total ->
    [0] {""}
    [1] { $participants-total-reported ->
        [0] Данных о числе участников нет.
       *[other] Участников — { people }; { women-told }.
    }
   *[other] { $participants-total-reported ->
        [0] Данных о числе участников нет.
        [1] О числе участников сообщили по одному мероприятию — { people }; { women-told }.
       *[other] О числе участников сообщили по { $unreported ->
            [0] всем{" "}
           *[other] {""}
        }{ WORDS($participants-total-reported, gender: "n", case: "dat") } { $participants-total-reported ->
            [one] мероприятию
           *[many] мероприятиям
        } — всего { people }; { women-told }.
    }
}
women-words = { $participants-women ->
    [one] { NUM($participants-women) } женщина
    [few] { NUM($participants-women) } женщины
   *[many] { NUM($participants-women) } женщин
}
women-told = { $participants-women-reported ->
    [0] данных о числе женщин нет
   *[other] { $women-unreported ->
        [0] { $participants-women ->
            [0] женщин среди них не было
           *[other] среди них { women-words }
        }
       *[other] о числе женщин — по { WORDS($participants-women-reported, gender: "n", case: "dat") }, { $participants-women ->
            [0] ни одной женщины
           *[other] всего { women-words }
        }
    }
}
summary-types = { $activities-total ->
    [0] {""}
    [1] По виду это { $only-type }.
   *[other] По видам это { $types-list }.
}
count-workshop = { $n ->
    [one] { WORDS($n) } семинар
    [few] { WORDS($n) } семинара
   *[many] { WORDS($n) } семинаров
}
count-training = { $n ->
    [one] { WORDS($n) } тренинг
    [few] { WORDS($n) } тренинга
   *[many] { WORDS($n) } тренингов
}
count-training-of-trainers = { $n ->
    [one] { WORDS($n) } тренинг для тренеров
    [few] { WORDS($n) } тренинга для тренеров
   *[many] { WORDS($n) } тренингов для тренеров
}
count-study-visit = { $n ->
    [one] { WORDS($n) } учебный визит
    [few] { WORDS($n) } учебных визита
   *[many] { WORDS($n) } учебных визитов
}
count-equipment-handover = { $n ->
    [one] { WORDS($n, gender: "f") } передача оборудования
    [few] { WORDS($n, gender: "f") } передачи оборудования
   *[many] { WORDS($n, gender: "f") } передач оборудования
}
count-steering-group-meeting = { $n ->
    [one] { WORDS($n, gender: "n") } заседание руководящей группы
    [few] { WORDS($n, gender: "n") } заседания руководящей группы
   *[many] { WORDS($n, gender: "n") } заседаний руководящей группы
}
count-meeting = { $n ->
    [one] { WORDS($n, gender: "f") } встреча
    [few] { WORDS($n, gender: "f") } встречи
   *[many] { WORDS($n, gender: "f") } встреч
}
count-conference = { $n ->
    [one] { WORDS($n, gender: "f") } конференция
    [few] { WORDS($n, gender: "f") } конференции
   *[many] { WORDS($n, gender: "f") } конференций
}
count-mission = { $n ->
    [one] { WORDS($n, gender: "f") } миссия
    [few] { WORDS($n, gender: "f") } миссии
   *[many] { WORDS($n, gender: "f") } миссий
}
count-other = { $n ->
    [one] { WORDS($n, gender: "n") } мероприятие иного вида
    [few] { WORDS($n, gender: "n") } мероприятия иного вида
   *[many] { WORDS($n, gender: "n") } мероприятий иного вида
}
summary-hosts = { $activities-total ->
    [0] {""}
    [1] { $hosts-groups ->
        [0] Страна проведения не указана.
       *[other] { $hosts-list }.
    }
   *[other] { $hosts-groups ->
        [0] Страны проведения не указаны.
       *[other] { $hosts-list }{ $activities-held-in-unknown ->
            [0] {""}
           *[other] {""}; у { WORDS($activities-held-in-unknown, gender: "n", case: "gen") } страна проведения не указана
        }.
    }
}
# «По два мероприятия прошло в …»: у «по» единственное число стоит в дательном падеже.
hosts-first = { $total ->
    [1] Единственное мероприятие прошло { $in-countries }
   *[other] { $every ->
        [1] Все { $n ->
            [one] { WORDS($n, gender: "n") } мероприятие
            [few] { WORDS($n, gender: "n") } мероприятия
           *[many] { WORDS($n, gender: "n") } мероприятий
        } прошли { $in-countries }
       *[other] { $many ->
            [1] { $n ->
                [one] { WORDS($n, gender: "n", at: "start") } мероприятие прошло { $in-countries }
                [few] { WORDS($n, gender: "n", at: "start") } мероприятия прошли { $in-countries }
               *[many] { WORDS($n, gender: "n", at: "start") } мероприятий прошло { $in-countries }
            }
           *[other] { $n ->
                [one] По { WORDS($n, gender: "n", case: "dat") } мероприятию прошло { $in-countries }
                [few] По { WORDS($n, gender: "n", case: "acc") } мероприятия прошло { $in-countries }
               *[many] По { WORDS($n, gender: "n", case: "acc") } мероприятий прошло { $in-countries }
            }
        }
    }
}
hosts-next = { $many ->
    [1] { WORDS($n, gender: "n") } — { $in-countries }
   *[other] по { $n ->
        [one] { WORDS($n, gender: "n", case: "dat") }
       *[many] { WORDS($n, gender: "n", case: "acc") }
    } — { $in-countries }
}
summary-involving = { $activities-total ->
    [0] {""}
    [1] { $involving-groups ->
        [0] Страны-участницы не названы.
       *[other] { $involving-list }.
    }
   *[other] { $involving-groups ->
        [0] Страны-участницы не названы.
       *[other] { $involving-list }{ $activities-involving-unknown ->
            [0] {""}
           *[other] {""}; в { WORDS($activities-involving-unknown, gender: "n", case: "prep") } { $activities-involving-unknown ->
                [one] мероприятии
               *[many] мероприятиях
            } страны-участницы не названы
        }.
    }
}
involving-first = { $total ->
    [1] В нём { $many ->
        [1] участвовал
       *[other] участвовали
    } { $countries }
   *[other] { $every ->
        [1] Во всех { WORDS($n, gender: "n", case: "prep") }
       *[other] В { WORDS($n, gender: "n", case: "prep") } из них
    } { $many ->
        [1] участвовал
       *[other] участвовали
    } { $countries }
}
involving-next = в { WORDS($n, gender: "n", case: "prep") } — { $countries }
summary-equipment = { $equipment-items ->
    [0] Передач оборудования не указано.
   *[other] { $equipment-items ->
        [one] Передана { WORDS($equipment-items, gender: "f") } позиция
        [few] Переданы { WORDS($equipment-items, gender: "f") } позиции
       *[many] Передано { WORDS($equipment-items, gender: "f") } позиций
    } оборудования; { $equipment-value-eur-reported ->
        [0] данных о стоимости нет.
       *[other] { $values-unreported ->
            [0] общая стоимость — { $equipment-value-eur }.
           *[other] стоимость указана по { WORDS($equipment-value-eur-reported, gender: "f", case: "dat") }: { $equipment-value-eur }.
        }
    }
}
summary-meetings = { $meetings ->
    [0] {""}
    [1] { $meeting-date } состоялось заседание: { $meeting-body }{ $meeting-has-place ->
        [1] {" "}({ $meeting-place })
       *[other] {""}
    }; { decisions-told }.
   *[other] Состоялось { $meetings ->
        [one] { WORDS($meetings, gender: "n") } заседание руководящих групп
        [few] { WORDS($meetings, gender: "n") } заседания руководящих групп
       *[many] { WORDS($meetings, gender: "n") } заседаний руководящих групп
    }; { decisions-told }.
}
decisions-told = { $decisions ->
    [0] решения не представлены
    [one] ниже приведено { WORDS($decisions, gender: "n") } решение
    [few] ниже приведены { WORDS($decisions, gender: "n") } решения
   *[many] ниже приведено { WORDS($decisions, gender: "n") } решений
}
summary-held = { $held ->
    [0] {""}
    [one] Из-за ошибок отложена и не учтена { WORDS($held, gender: "f") } строка.
    [few] Из-за ошибок отложены и не учтены { WORDS($held, gender: "f") } строки.
   *[many] Из-за ошибок отложено и не учтено { WORDS($held, gender: "f") } строк.
}

## Основные показатели
key-figures-title = Основные показатели
not-reported = нет данных
not-stated = не указано
undated = без даты
total = Итого
not-supplied = Не представлено.
nothing-to-show = За этот период показать нечего.
reported-by = данные по { NUM($reported) } из { NUM($of) }
# Этот период и все прежние, строки которых есть в учёте.
since-start = { $cumulative-known ->
    [0] {""}
   *[other] Всего за { $cumulative-first } – { $period } программа провела { NUM($cumulative-activities-total) } { $cumulative-activities-total ->
        [one] мероприятие
        [few] мероприятия
       *[many] мероприятий
    }{ $cumulative-participants-total-reported ->
        [0] {""}
       *[other] ; участников – { NUM($cumulative-participants-total) }, о них сообщили по { NUM($cumulative-participants-total-reported) } из { NUM($cumulative-activities-total) }
    }.{ $cumulative-unknown ->
        [0] {""}
        [one] {""} Об одном периоде между ними сведений нет.
       *[other] {""} О { NUM($cumulative-unknown) } периодах между ними сведений нет.
    }
}
figure-change = { $by ->
    [0] без изменений { $period }
    [1] +{ $size } { $period }
   *[other] −{ $size } { $period }
}
change-points = { NUM($n) } п. п.
figure-participants-women-share = женщин среди тех, чей пол указан
    .note = { $of ->
        [0] {""}
       *[other] { $partly ->
            [0] указан по всем мероприятиям
           *[other] указан по { NUM($reported) } из { NUM($of) } мероприятий
        }
    }
figure-plan-done-share = плана выполнено
    .note = { $of ->
        [0] {""}
       *[other] { $plan-done } из { NUM($of) } запланированных
    }
figure-activities-total = { $n ->
    [one] мероприятие
    [few] мероприятия
   *[many] мероприятий
}
figure-activity-days-total = { $n ->
    [one] день мероприятий
    [few] дня мероприятий
   *[many] дней мероприятий
}
    .note = { $of ->
        [0] {""}
       *[other] даты указаны у { NUM($reported) } из { NUM($of) }
    }
figure-participants-total = { $known ->
    [0] участники
   *[other] { $n ->
        [one] участник
        [few] участника
       *[many] участников
    }
}
    .note = { $of ->
        [0] {""}
       *[other] { $partly ->
            [0] данные по всем мероприятиям
           *[other] данные по { NUM($reported) } из { NUM($of) } мероприятий
        }
    }
figure-participants-women = в том числе женщин
    .note = { $of ->
        [0] {""}
       *[other] данные по { NUM($reported) } из { NUM($of) } мероприятий{ $share-known ->
            [1] ; { $share } тех, чей пол указан
           *[other] {""}
        }
    }
figure-participants-men = в том числе мужчин
figure-countries-involved = { $n ->
    [one] страна-участница
    [few] страны-участницы
   *[many] стран-участниц
}
    .note = { $of ->
        [0] {""}
       *[other] { $partly ->
            [0] указаны у всех мероприятий
           *[other] указаны у { NUM($reported) } из { NUM($of) } мероприятий
        }
    }
figure-equipment-items = { $n ->
    [one] позиция оборудования
    [few] позиции оборудования
   *[many] позиций оборудования
}
figure-equipment-value-eur = стоимость оборудования
figure-plan-planned = { $n ->
    [one] мероприятие по плану
    [few] мероприятия по плану
   *[many] мероприятий по плану
}
figure-plan-done = выполнено по плану
figure-plan-next = в плане на следующий период

## Диаграммы
finding-by-type = { $activities-by-type-top-count ->
    [0] Мероприятий не было
   *[other] { $activities-total ->
        [1] Единственное мероприятие — { $only-type }
       *[other] { $activities-by-type-top-many ->
            [1] Чаще всего — { $activities-by-type-top-lower }: { WORDS($activities-by-type-top-count, gender: "n") } из { WORDS($activities-total, gender: "n", case: "gen") } мероприятий
           *[other] Поровну: { $activities-by-type-top-lower } — по { $activities-by-type-top-count ->
                [one] { WORDS($activities-by-type-top-count, gender: "n", case: "dat") }
               *[many] { WORDS($activities-by-type-top-count, gender: "n", case: "acc") }
            }
        }
    }
}
bars-by-type = Мероприятия по видам, число
source-activities = Источник: листы «Мероприятия», учтено мероприятий: { NUM($activities-total) }.
finding-by-month = { $activities-by-month-top-count ->
    [0] Даты мероприятий не указаны
   *[other] { $activities-by-month-top-many ->
        [1] Больше всего — { $activities-by-month-in-top }: { WORDS($activities-by-month-top-count, gender: "n") } из { WORDS($activities-dated, gender: "n", case: "gen") } с датами
       *[other] Поровну { $activities-by-month-in-top }: по { $activities-by-month-top-count ->
            [one] { WORDS($activities-by-month-top-count, gender: "n", case: "dat") }
           *[many] { WORDS($activities-by-month-top-count, gender: "n", case: "acc") }
        }
    }
}
bars-by-month = Мероприятия по месяцу окончания, число
source-by-month = { $undated ->
    [0] Даты указаны у всех мероприятий.
   *[other] Даты не указаны у { WORDS($undated, gender: "n", case: "gen") } { $undated ->
        [one] мероприятия; оно показано
       *[many] мероприятий; они показаны
    } отдельно.
}
finding-held-in = { $hosts-groups ->
    [0] Страны проведения не указаны
   *[other] { $activities-held-in-top-many ->
        [1] Чаще всего — { $activities-held-in-in-top }: { WORDS($activities-held-in-top-count, gender: "n") } из { WORDS($activities-total, gender: "n", case: "gen") } мероприятий
       *[other] Поровну { $activities-held-in-in-top }: по { $activities-held-in-top-count ->
            [one] { WORDS($activities-held-in-top-count, gender: "n", case: "dat") }
           *[many] { WORDS($activities-held-in-top-count, gender: "n", case: "acc") }
        }
    }
}
bars-held-in = Мероприятия по стране проведения, число; каждое учтено один раз
source-held-in = { $activities-held-in-unknown ->
    [0] Страна проведения указана у всех мероприятий.
   *[other] Страна проведения не указана у { WORDS($activities-held-in-unknown, gender: "n", case: "gen") } { $activities-held-in-unknown ->
        [one] мероприятия.
       *[many] мероприятий.
    }
}
finding-involving = { $involving-groups ->
    [0] Страны-участницы не названы
   *[other] { $activities-involving-top-many ->
        [1] { $activities-involving-top } — в { WORDS($activities-involving-top-count, gender: "n", case: "prep") } из { WORDS($activities-total, gender: "n", case: "gen") } мероприятий
       *[other] { $activities-involving-top } — каждая страна в { WORDS($activities-involving-top-count, gender: "n", case: "prep") } из { WORDS($activities-total, gender: "n", case: "gen") } мероприятий
    }
}
bars-involving = Мероприятия с участием страны, число; мероприятие нескольких стран учтено у каждой
source-involving = { $activities-involving-unknown ->
    [0] {""}
   *[other] Страны-участницы не названы у { WORDS($activities-involving-unknown, gender: "n", case: "gen") } { $activities-involving-unknown ->
        [one] мероприятия.{" "}
       *[many] мероприятий.{" "}
    }
}Сумма больше числа мероприятий, если в одном участвуют несколько стран.
finding-by-component = { $activities-by-component-top-many ->
    [1] Больше всего — { $activities-by-component-top-lower }: { WORDS($activities-by-component-top-count, gender: "n") } из { WORDS($activities-total, gender: "n", case: "gen") } мероприятий
   *[other] Поровну: { $activities-by-component-top-lower } — по { $activities-by-component-top-count ->
        [one] { WORDS($activities-by-component-top-count, gender: "n", case: "dat") }
       *[many] { WORDS($activities-by-component-top-count, gender: "n", case: "acc") }
    }
}
bars-by-component = Мероприятия по компонентам, число
source-by-component = { $unstated ->
    [0] Компонент указан у всех мероприятий.
   *[other] Компонент не указан у { WORDS($unstated, gender: "n", case: "gen") } { $unstated ->
        [one] мероприятия.
       *[many] мероприятий.
    }
}
finding-participants-from = { $participants-from-top-many ->
    [1] Среди тех, чья страна известна, больше всего — { $participants-from-top }: { NUM($participants-from-top-count) } из { NUM($participants-placed) }
   *[other] Поровну: { $participants-from-top } — по { NUM($participants-from-top-count) }
}
bars-participants-from = Участники по странам, число
source-participants = Данные об участниках — по { NUM($participants-total-reported) } из { NUM($participants-total-of) } мероприятий.
finding-equipment = Стоимость переданного оборудования — { $equipment-value-eur }
bars-equipment = Стоимость по странам-получателям
bars-alt = { $title }: { $list }.

## Результаты
results-title = Результаты по компонентам
results-intro = { $activities-total ->
    [0] { $in-months-start } не завершилось ни одного мероприятия.
   *[other] Мероприятия, завершившиеся { $in-months }, со слов тех, кто их представил.
}
component-named = Компонент { $number }: { $title }
component-numbered = Компонент { $number }
component-in-list = компонент { $number }
component-not-stated = Компонент не указан
undated-remark = Без даты: даты следующих мероприятий не указаны.
place-not-stated = место не указано
countries-not-named = страны не названы
country-not-stated = страна не указана
summary-not-supplied = Описание не представлено.
outputs-heading = Непосредственные результаты
output-heading = Непосредственный результат:
story-partners = при участии: { $partners }
story-people = { $total-known ->
    [0] данных об участниках нет
   *[other] { $estimated ->
        [1] около { NUM($total) }
       *[other] { NUM($total) }
    } { $estimated ->
        [1] { $total ->
            [one] участника
           *[many] участников
        }
       *[other] { $total ->
            [one] участник
            [few] участника
           *[many] участников
        }
    }, { $women-known ->
        [0] { $men-known ->
            [0] данных о женщинах и мужчинах нет
           *[other] { men-count }; данных о женщинах нет
        }
       *[other] { women-count }{ $men-known ->
            [0] {""}; данных о мужчинах нет
           *[other] {" "}и { men-count }
        }
    }
}
women-count = { NUM($women) } { $women ->
    [one] женщина
    [few] женщины
   *[many] женщин
}
men-count = { NUM($men) } { $men ->
    [one] мужчина
    [few] мужчины
   *[many] мужчин
}

## Оборудование, руководящая группа
equipment-title = Оборудование
none-equipment = Не представлено: ни в одной книге нет оборудования, переданного { $in-months }.
reported-value = { $equipment-value-eur-reported ->
    [0] Стоимость в евро; данных нет.
   *[other] Стоимость в евро; данные по { NUM($equipment-value-eur-reported) } из { NUM($equipment-value-eur-of) }.
}
steering-title = Руководящая группа
none-meetings = Не представлено: ни в одной книге нет заседаний руководящей группы { $in-months }.
meeting-title = { $has-number ->
    [1] { $body }, заседание № { $number }
   *[other] { $body }
}
meeting-agenda = Повестка дня
meeting-agenda-none = Повестка дня не представлена.
meeting-decisions = Решения
meeting-decisions-none = Решения: не представлено.
meeting-actions = Поручения
meeting-actions-none = Поручения: не представлено.
action-open = открыто
action-closed = закрыто
action-overdue = просрочено
body-regional-steering-group = Региональная руководящая группа
body-national-steering-group = Национальная руководящая группа
body-rsg = Региональная руководящая группа
body-nsg = Национальная руководящая группа

## План
plan-done-title = Запланировано и выполнено
plan-told = { $plan-planned ->
    [0] {""}
   *[other] На { $months } было запланировано { $plan-planned ->
        [one] { WORDS($plan-planned, gender: "n", case: "acc") } мероприятие
        [few] { WORDS($plan-planned, gender: "n", case: "acc") } мероприятия
       *[many] { WORDS($plan-planned, gender: "n", case: "acc") } мероприятий
    }; { $plan-list }.
}
plan-all-done = { $n ->
    [1] оно выполнено
   *[other] все выполнены
}
plan-all-postponed = { $n ->
    [1] оно перенесено
   *[other] все перенесены
}
plan-all-cancelled = { $n ->
    [1] оно отменено
   *[other] все отменены
}
plan-all-open = { $n ->
    [1] оно ещё не завершено
   *[other] ни одно ещё не завершено
}
plan-count-done = выполнено — { NUM($n) }
plan-count-postponed = перенесено — { NUM($n) }
plan-count-cancelled = отменено — { NUM($n) }
plan-count-open = не завершено — { NUM($n) }
none-plan = Не представлено: ни в одной книге нет плана работы на { $months }.
not-done-told = { $not-done ->
    [0] {""}
    [one] { WORDS($not-done, gender: "n", at: "start") } мероприятие периода не выполнено и в показателях не учтено.
    [few] { WORDS($not-done, gender: "n", at: "start") } мероприятия периода не выполнены и в показателях не учтены.
   *[many] { WORDS($not-done, gender: "n", at: "start") } мероприятий периода не выполнено и в показателях не учтено.
}
plan-next-title = План на { $next-months }
none-next-plan = Не представлено: ни в одной книге нет плана работы на { $next-months }.
plan-done = выполнено
plan-postponed = перенесено
plan-cancelled = отменено
plan-open = открыто

## Перспективы и ход работы
outlook-title = Трудности и риски
challenges-title = Трудности
none-challenges = Не представлено: ни в одной книге не названы трудности.
priorities-title = Приоритеты стран
none-priorities = Не представлено: ни в одной книге не названы приоритеты стран.
risks-title = Риски
risks-scale = Вероятность и воздействие — от 1 (низкие) до 5 (высокие).
none-risks = Не представлено: ни в одной книге не названы риски.
indicators-title = Логическая матрица
none-indicators = Не представлено: ни в одной книге нет показателей.
budget-title = Исполнение бюджета
budget-unit = Суммы в евро.
none-budget = Не представлено: ни в одной книге нет бюджета.

## Приложения
annex-activities-title = Приложение { $letter }. Все мероприятия
annex-told = { $activities-total ->
    [0] {""}
    [1] Единственное мероприятие периода.
   *[other] Все { activities-words } периода по датам; мероприятия без даты — в конце.
}
none-activities = { $in-months-start } не завершилось ни одного мероприятия.
quality-title = Приложение { $letter }. Качество данных
quality-told = { $files ->
    [0] Ни в одном файле нет строк за { $period }.
    [one] Строки за { $period } есть в { WORDS($files, case: "prep") } файле.
   *[many] Строки за { $period } есть в { WORDS($files, case: "prep") } файлах.
} { $held ->
    [0] Отложенных строк нет.
   *[other] Отложено строк: { NUM($held) }.
} { $problems ->
    [0] Предупреждений нет.
   *[other] Ниже перечислены: { $problems-list }.
}
problems-errors = { $n ->
    [one] { WORDS($n, gender: "f") } ошибка
    [few] { WORDS($n, gender: "f") } ошибки
   *[many] { WORDS($n, gender: "f") } ошибок
}
problems-warnings = { $n ->
    [one] { WORDS($n, gender: "n") } предупреждение
    [few] { WORDS($n, gender: "n") } предупреждения
   *[many] { WORDS($n, gender: "n") } предупреждений
}
quality-files = Файлы и строки
quality-files-note = Строки всего файла, в том числе относящиеся к другим периодам. Отложенная строка не входит ни в один показатель.
none-files = Не прочитано ни одного файла.
quality-gaps = Что не поступило
quality-gaps-note = То, что должно было поступить за этот период, но не прислано или ещё не исправлено. Ни в один показатель это не входит.
quality-held = Отложенные строки
quality-held-note = Каждая не учитывается, пока отправитель её не исправит.
quality-problems = Предупреждения и ошибки
table-rows-left-out = { $n ->
    [one] Здесь не приведена ещё { WORDS($n, gender: "f") }.
    [few] Здесь не приведены ещё { WORDS($n, gender: "f") }.
   *[many] Здесь не приведено ещё { WORDS($n, gender: "f") }.
}
severity-error = ошибка
severity-warning = предупреждение
rules-title = Приложение { $letter }. Правила подсчёта
tile-note-activities = Состоявшиеся и завершившиеся в отчётном периоде; каждое учтено один раз.
tile-note-women = Среди тех, чей пол известен; ни о ком не делается предположений.
tile-note-countries = Названные среди стран мероприятия; проведения в стране для этого недостаточно.
tile-note-plan = Выполненные пункты плана отчётного периода среди всех его пунктов.
rule-period = Мероприятие относится к периоду и месяцу своего окончания; если дата окончания не указана — начала; мероприятие без дат — к периоду, указанному в книге.
rule-done = Учитываются только выполненные мероприятия. Если статус не указан, мероприятие считается выполненным, когда его даты прошли.
rule-held-in = «Страна проведения» учитывается один раз для каждого мероприятия. «С участием» — каждая названная страна, поэтому сумма больше числа мероприятий.
rule-scope = Мероприятие одной страны — национальное, двух — двустороннее, трёх и более — региональное, если в книге не указано иное.
rule-days = Дни мероприятий — календарные дни, включая первый и последний, у мероприятий с датами.
rule-blank = Пустая ячейка означает «нет данных», а не ноль. Для каждого показателя указано, по скольким мероприятиям есть данные.
rule-participants = Участники учитываются один раз в каждом мероприятии. Доля женщин рассчитана от числа тех, чей пол указан.
rule-equipment = Позиция оборудования — строка перечня; она может означать несколько единиц.
rule-language = Названия и описания мероприятий приводятся на том языке, на котором они представлены.

## Что получено, что тревожит, о чём просят
summary-results = Что получено
summary-concerns = На что обратить внимание
summary-asks = Группу просят
result-plan = { $plan-done ->
    [0] {""}
   *[other] { $plan-planned ->
        [1] Единственное запланированное мероприятие выполнено.
       *[other] Из { WORDS($plan-planned, gender: "n", case: "gen") } { $plan-planned ->
            [one] запланированного мероприятия
           *[many] запланированных мероприятий
        } { $plan-done ->
            [one] выполнено { WORDS($plan-done, gender: "n") }
            [few] выполнены { WORDS($plan-done, gender: "n") }
           *[many] выполнено { WORDS($plan-done, gender: "n") }
        }.
    }
}
result-outputs = { $outputs ->
    [0] {""}
    [1] Получен один непосредственный результат; он приведён при своём компоненте.
   *[other] { $outputs ->
        [one] Получен { WORDS($outputs) } непосредственный результат
        [few] Получены { WORDS($outputs) } непосредственных результата
       *[many] Получено { WORDS($outputs) } непосредственных результатов
    }; они перечислены по компонентам.
}
result-equipment = { $equipment-items ->
    [0] {""}
   *[other] { summary-equipment }
}
result-indicators = { $indicators-reached ->
    [0] {""}
   *[other] { $indicators-total ->
        [1] Единственный показатель достиг целевого значения.
       *[other] Из { WORDS($indicators-total, case: "gen") } показателей целевого значения { $indicators-reached ->
            [one] достиг { WORDS($indicators-reached) }
            [few] достигли { WORDS($indicators-reached) }
           *[many] достигли { WORDS($indicators-reached) }
        }.
    }
}
result-budget = { $budget-known ->
    [0] {""}
   *[other] С начала программы израсходовано { $budget-spent-share } бюджета.
}
concern-none = Данные не дают поводов для беспокойства.
concern-overdue = { $action-points-overdue ->
    [0] {""}
    [one] Просрочено { WORDS($action-points-overdue, gender: "n") } поручение.
    [few] Просрочены { WORDS($action-points-overdue, gender: "n") } поручения.
   *[many] Просрочено { WORDS($action-points-overdue, gender: "n") } поручений.
}
concern-plan = { $plan-missed ->
    [0] {""}
    [one] Не выполнено { WORDS($plan-missed, gender: "n") } мероприятие плана: { $plan-missed-list }.
    [few] Не выполнены { WORDS($plan-missed, gender: "n") } мероприятия плана: { $plan-missed-list }.
   *[many] Не выполнено { WORDS($plan-missed, gender: "n") } мероприятий плана: { $plan-missed-list }.
}
concern-slipped = { $changes-slipped ->
    [0] {""}
    [one] Всё ещё не выполнено { WORDS($changes-slipped, gender: "n") } мероприятие, оставшееся с прошлого периода.
    [few] Всё ещё не выполнены { WORDS($changes-slipped, gender: "n") } мероприятия, оставшиеся с прошлого периода.
   *[many] Всё ещё не выполнено { WORDS($changes-slipped, gender: "n") } мероприятий, оставшихся с прошлого периода.
}
concern-risks = { $risks-high ->
    [0] {""}
    [one] { WORDS($risks-high, at: "start") } риск оценён как высокий — от 10 из 25{ concern-rising }.
    [few] { WORDS($risks-high, at: "start") } риска оценены как высокие — от 10 из 25{ concern-rising }.
   *[many] { WORDS($risks-high, at: "start") } рисков оценены как высокие — от 10 из 25{ concern-rising }.
}
concern-rising = { $risks-rising ->
    [0] {""}
    [one] {""}; { WORDS($risks-rising) } из всех рисков растёт
   *[many] {""}; { WORDS($risks-rising) } из всех рисков растут
}
concern-held = { summary-held }
concern-participants = { $unreported ->
    [0] {""}
   *[other] Данных об участниках нет по { WORDS($unreported, gender: "n", case: "dat") } { $unreported ->
        [one] мероприятию.
       *[many] мероприятиям.
    }
}
concern-women = { $women-unreported ->
    [0] {""}
   *[other] По { WORDS($women-unreported, gender: "n", case: "dat") } { $women-unreported ->
        [one] мероприятию, сообщившему об участниках, нет данных о числе женщин.
       *[many] мероприятиям, сообщившим об участниках, нет данных о числе женщин.
    }
}
concern-dates = { $undated ->
    [0] {""}
   *[other] У { WORDS($undated, gender: "n", case: "gen") } { $undated ->
        [one] мероприятия
       *[many] мероприятий
    } не указаны даты.
}
ask-figures = подтвердить показатели этого отчёта
ask-plan = { $plan-next ->
    [0] представить план работы на { $next-months }: его нет ни в одной книге
   *[other] утвердить план работы на { $next-months } ({ $plan-next ->
        [one] { WORDS($plan-next, gender: "n") } мероприятие
        [few] { WORDS($plan-next, gender: "n") } мероприятия
       *[many] { WORDS($plan-next, gender: "n") } мероприятий
    })
}
ask-postponed = { $postponed ->
    [0] {""}
    [1] согласовать новую дату перенесённого мероприятия
   *[other] согласовать новые даты { WORDS($postponed, gender: "n", case: "gen") } { $postponed ->
        [one] перенесённого мероприятия
       *[many] перенесённых мероприятий
    }
}
ask-overdue = { $action-points-overdue ->
    [0] {""}
    [1] решить, что делать с одним просроченным поручением
   *[other] решить, что делать с { WORDS($action-points-overdue, gender: "n", case: "ins") } { $action-points-overdue ->
        [one] просроченным поручением
       *[many] просроченными поручениями
    }
}
ask-decisions = { $undecided ->
    [0] {""}
    [1] представить решение по одному вопросу повестки дня: его нет ни в одной книге
   *[other] представить решения по { WORDS($undecided, case: "dat") } { $undecided ->
        [one] вопросу
       *[many] вопросам
    } повестки дня: их нет ни в одной книге
}

## Где и когда
where-when-title = Где и когда
where-told = { $places ->
    [0] {""}
    [1] { $placed ->
        [1] {""}
       *[other] Все, у которых место указано, прошли в одном городе.
    }
   *[other] Они прошли в { WORDS($places, case: "prep") } { $places ->
        [one] городе.
       *[many] городах.
    }
} { $unplaced ->
    [0] {""}
   *[other] { $activities-total ->
        [1] Место не указано.
       *[other] Место не указано у { WORDS($unplaced, gender: "n", case: "gen") }.
    }
}
when-title = Когда
when-told = { $activities-dated ->
    [0] {""}
    [1] Даты указаны у одного мероприятия; оно заняло { days-words }.
   *[other] Даты указаны у { WORDS($activities-dated, gender: "n", case: "gen") } { $activities-dated ->
        [one] мероприятия
       *[many] мероприятий
    }; вместе они заняли { days-words }.
}

## Компоненты и страны
component-told = { $activities-total ->
    [0] Мероприятий нет.
    [1] Одно мероприятие; { $activities-dated ->
        [0] его даты не указаны.
       *[other] оно заняло { days-words }.
    }
   *[other] { $activities-total ->
        [one] { WORDS($activities-total, gender: "n", at: "start") } мероприятие
        [few] { WORDS($activities-total, gender: "n", at: "start") } мероприятия
       *[many] { WORDS($activities-total, gender: "n", at: "start") } мероприятий
    }; { $activities-dated ->
        [0] их даты не указаны.
       *[other] { $undated ->
            [0] вместе они заняли { days-words }.
           *[other] { $activities-dated ->
                [1] у одного указаны даты, оно заняло { days-words }.
               *[other] у { WORDS($activities-dated, gender: "n", case: "gen") } указаны даты, вместе они заняли { days-words }.
            }
        }
    }
} { summary-participants }
countries-title = { $n ->
    [1] Страница страны
   *[other] Страницы стран
}
country-told = { $here-held ->
    [0] { $in-country-start } мероприятий не проводилось; { here-involved }.
   *[other] { $in-country-start } { $here-held ->
        [one] прошло { WORDS($here-held, gender: "n") } мероприятие
        [few] прошли { WORDS($here-held, gender: "n") } мероприятия
       *[many] прошло { WORDS($here-held, gender: "n") } мероприятий
    }; { here-involved }.
}
here-involved = { $here-involving ->
    [0] среди участников страна нигде не названа
   *[other] среди участников страна названа в { WORDS($here-involving, gender: "n", case: "prep") }, где бы они ни проходили
}
country-participants = { $here-participants-reported ->
    [0] Данных о числе участников из страны нет.
   *[other] Участников из страны — { NUM($here-participants) }.
}
country-none-activities = { $in-country-start } и с участием страны мероприятий не было.
country-activities = Мероприятия в стране и с её участием
country-agencies = Участники по ведомствам
country-none-agencies = Участники по ведомствам: не представлено.
country-equipment = Переданное оборудование
country-none-priorities = Приоритеты: не представлено.
country-action-points = Поручения

## Логическая матрица, риски, бюджет
indicators-told = { $indicators-total ->
    [0] {""}
   *[other] { indicators-count }; { $indicators-current ->
        [0] текущих значений нет
       *[other] текущее значение есть у { WORDS($indicators-current, case: "gen") }
    }, { $indicators-reached ->
        [0] целевое не достигнуто ни у одного
       *[other] целевое достигнуто у { WORDS($indicators-reached, case: "gen") }
    }.
}
indicators-count = { $indicators-total ->
    [one] Отслеживается { WORDS($indicators-total) } показатель
    [few] Отслеживаются { WORDS($indicators-total) } показателя
   *[many] Отслеживается { WORDS($indicators-total) } показателей
}
risks-told = { $risks-total ->
    [0] {""}
   *[other] { $risks-total ->
        [one] Назван { WORDS($risks-total) } риск
        [few] Названы { WORDS($risks-total) } риска
       *[many] Названо { WORDS($risks-total) } рисков
    }; высоких — { NUM($risks-high) }, растущих — { NUM($risks-rising) }. Высоким считается риск, у которого вероятность, умноженная на воздействие, составляет 10 и более из 25.
}
budget-told = { $budget-known ->
    [0] {""}
   *[other] Из { $budget-total-eur } с начала программы израсходовано { $budget-to-date-eur }, или { $budget-spent-share }{ $budget-period-eur-reported ->
        [0] {""}
       *[other] {""}; за сам период — { $budget-period-eur }
    }.
}

## План
changes-title = Изменения с прошлого периода
changes-told = { $changes-known ->
    [0] {""}
   *[other] { $changes ->
        [0] С прошлого периода ничего не осталось.
       *[other] По сравнению с планом на { $previous-months }: { $changes-list }.
    }
}
change-count-done = выполнено из оставшегося — { NUM($n) }
change-count-slipped = снова не выполнено — { NUM($n) }
change-count-dropped = снято с плана — { NUM($n) }
change-count-new = новых — { NUM($n) }
change-done = выполнено
change-slipped = не выполнено
change-dropped = снято
change-new = новое
column-change = Изменение
unplanned-title = Выполнено, но не названо в плане
unplanned-told = { $unplanned ->
    [0] {""}
    [one] { WORDS($unplanned, gender: "n", at: "start") } выполненное мероприятие не названо в плане ни по номеру, ни по названию.
    [few] { WORDS($unplanned, gender: "n", at: "start") } выполненных мероприятия не названы в плане ни по номеру, ни по названию.
   *[many] { WORDS($unplanned, gender: "n", at: "start") } выполненных мероприятий не названы в плане ни по номеру, ни по названию.
}
not-done-title = Указано, но не выполнено
expected-title = Ожидаемые передачи оборудования
none-expected = Не представлено: ни в одной книге нет предстоящих передач оборудования.

## Руководящая группа, информационная открытость
decisions-title = Заседания и решения
tracker-title = Поручения
tracker-told = { $action-points-total ->
    [0] {""}
   *[other] { $action-points-start-known ->
        [0] Дано поручений — { NUM($action-points-new) }
       *[other] На начало периода открытых поручений — { NUM($action-points-start) }, новых — { NUM($action-points-new) }
    }, закрыто — { NUM($action-points-closed) }, на конец периода открыто — { NUM($action-points-open) }{ $action-points-overdue ->
        [0] {""}
       *[other] {""}, в том числе просрочено — { NUM($action-points-overdue) }
    }.
}
none-action-points = Не представлено: ни в одной книге нет поручений.
action-carried = открыто на начало
action-new = новое
column-since = Дано
agenda-title = Проект повестки дня следующего заседания
agenda-adoption = Утверждение повестки дня
agenda-progress = { $activities-total ->
    [0] {""}
   *[other] Ход работы по компонентам { $in-months }
}
agenda-plan = { $plan-missed ->
    [0] {""}
    [1] Запланированное, но не выполненное мероприятие
   *[other] Запланированные, но не выполненные мероприятия ({ NUM($plan-missed) })
}
agenda-challenges = { $challenges-total ->
    [0] { $risks-total ->
        [0] {""}
       *[other] Риски
    }
   *[other] { $risks-total ->
        [0] Трудности
       *[other] Трудности и риски
    }
}
agenda-points = { $action-points-open ->
    [0] {""}
    [1] Открытое поручение
   *[other] Открытые поручения ({ NUM($action-points-open) })
}
agenda-budget = { $budget-known ->
    [0] {""}
   *[other] Исполнение бюджета
}
agenda-next-plan = План работы на { $next-months }
agenda-next-meeting = Дата и место следующего заседания
visibility-title = Информационная открытость
publicity-note = Непосредственные результаты, которые в книгах описаны словами об информировании.
none-publicity = Не представлено: ни один результат в книгах не говорит об информировании.
publicity-words = press; press-release*; media; website*; newsletter*; news; brochure*; leaflet*; poster*; booklet*; broadcast*; television; пресс-*; сми; сайт*; новост*; буклет*; плакат*; брошюр*; телевизионн*; репортаж*

## Приложения о ведомствах и сокращениях
plan-missed-title = Запланировано и не выполнено, с указанными причинами
annex-plan-title = Приложение { $letter }. План целиком
annex-plan-told = { $plan-planned ->
    [1] Единственное мероприятие, запланированное на { $months }.
   *[other] Все мероприятия, запланированные на { $months }, по датам: { NUM($plan-planned) }.
}
annex-agencies-title = Приложение { $letter }. Участники по ведомствам
annex-agencies-told = Ведомства названы так, как в книгах. Участники, которых не относит ни одна строка, приведены без страны.
revisions-title = Приложение { $letter }. Изменения по сравнению с версией { $previous-revision }
revisions-none = Основные показатели не отличаются от версии { $previous-revision }.
corrected-title = Построчно
row-added = новая строка
row-gone = строка удалена
decimal-mark = ,
field-id = ID
field-title = Название
field-kind = Вид
field-component = Компонент
field-start = Начало
field-end = Окончание
field-status = Статус
field-place = Место
field-host-country = Принимающая страна
field-scope = Охват
field-countries = Страны
field-agencies = Ведомства
field-partners = Партнёры
field-total = Участники
field-women = Женщины
field-men = Мужчины
field-summary = Описание
field-outputs = Результаты
field-photo = Фотография
field-activity-id = ID мероприятия
field-country = Страна
field-agency = Ведомство
field-item = Наименование
field-maker = Производитель
field-quantity = Количество
field-unit-value = Цена единицы
field-total-value = Общая стоимость
field-recipient-country = Страна-получатель
field-recipient-agency = Ведомство-получатель
field-handover-date = Дата передачи
field-purpose = Назначение
field-body = Орган
field-number = Номер
field-date = Дата
field-agenda-item = Пункт повестки
field-decision = Решение
field-action-point = Поручение
field-responsible = Ответственный
field-due = Срок
field-reason = Причина
field-challenge = Трудность
field-mitigation = Меры
field-priority = Приоритет
field-horizon = Срок
field-code = Код
field-indicator = Показатель
field-unit = Единица
field-level = Уровень
field-baseline = Исходное значение
field-baseline-year = Исходный год
field-target = Целевое значение
field-target-year = Целевой год
field-current = Текущее значение
field-as-of = По состоянию на
field-source = Источник
field-risk = Риск
field-category = Категория
field-likelihood = Вероятность
field-impact = Влияние
field-trend = Тенденция
field-heading = Статья
field-budget = Бюджет
field-spent-in-period = Израсходовано за период
field-spent-to-date = Израсходовано всего
field-committed = Обязательства
corrected-activities-total = Мероприятия
corrected-activity-days-total = Дни мероприятий
corrected-participants-total = Участники
corrected-participants-women = В том числе женщины
corrected-countries-involved = Страны-участницы
corrected-equipment-items = Позиции оборудования
corrected-equipment-value-eur = Стоимость оборудования
corrected-plan-planned = Запланированные мероприятия
corrected-plan-done = Выполнено по плану
column-figure = Показатель
column-was = Было
column-field = Что
column-now = Стало
acronyms-title = Приложение { $letter }. Сокращения
acronyms =
    BOMCA = Программа содействия управлению границами в Центральной Азии (БОМКА)
    CABSI = Инициатива по безопасности границ в Центральной Азии
    ICMPD = Международный центр по развитию миграционной политики
    KG = Кыргызстан
    KZ = Казахстан
    LV = Латвия
    RSG = Региональная руководящая группа
    TJ = Таджикистан
    TM = Туркменистан
    UZ = Узбекистан
    ЕС = Европейский союз
    КУГ = комплексное управление границами
    НРГ = Национальная руководящая группа
    РРГ = Региональная руководящая группа
rule-plan = Запланировано — это выполненное, перенесённое, отменённое и открытое вместе. Пункт плана и мероприятие считаются одним и тем же, если совпадают их номера или названия и страны.
quality-remarks = { $remarks ->
    [0] {""}
   *[other] Допущений при чтении ячеек — { NUM($remarks) }; отправители о них извещены.
}
people-by-sex = { $women-known ->
    [0] { $men-known ->
        [0] пол не указан
       *[other] { men-count }
    }
   *[other] { $men-known ->
        [0] { women-count }
       *[other] { women-count }, { men-count }
    }
}
subtotal = { $group }: итого
column-where = Место и вид
column-people = Участники
column-activities = Мероприятия
column-output = Результат

## Словарь
type-workshop = Семинар
type-training = Тренинг
type-training-of-trainers = Тренинг для тренеров
type-study-visit = Учебный визит
type-equipment-handover = Передача оборудования
type-steering-group-meeting = Заседание руководящей группы
type-meeting = Встреча
type-conference = Конференция
type-mission = Миссия
type-other = Прочее
types-workshop = семинары
types-training = тренинги
types-training-of-trainers = тренинги для тренеров
types-study-visit = учебные визиты
types-equipment-handover = передачи оборудования
types-steering-group-meeting = заседания руководящей группы
types-meeting = встречи
types-conference = конференции
types-mission = миссии
types-other = прочие мероприятия
scope-national = Национальное
scope-bilateral = Двустороннее
scope-regional = Региональное
scope-not-stated = Охват не указан
status-planned = запланировано
status-ongoing = выполняется
status-done = выполнено
status-postponed = перенесено
status-cancelled = отменено
sheet-activities = Мероприятия
sheet-participants = Участники
sheet-equipment = Оборудование
sheet-meetings = Заседания
sheet-plan = План
sheet-challenges = Трудности
sheet-priorities = Приоритеты
sheet-indicators = Показатели
sheet-risks = Риски
sheet-budget = Бюджет

## Города

## Заголовки столбцов
column-id = №
column-dates = Даты
column-month = Месяц
column-days = Дни
column-title = Название
column-type = Вид
column-component = Компонент
column-component-number = Комп.
column-place = Место
column-host = Страна проведения
column-scope = Охват
column-countries = Страны
column-agencies = Ведомства
column-partners = Партнёры
column-participants = Участники
column-women = Женщины
column-men = Мужчины
column-women-men = Жен. / муж.
column-status = Статус
column-summary = Описание
column-outputs = Результаты
column-activity = Мероприятие
column-country = Страна
column-agency = Ведомство
column-item = Оборудование
column-maker = Изготовитель
column-quantity = Кол-во
column-unit-value = Цена, евро
column-value = Стоимость, евро
column-date = Дата
column-purpose = Назначение
column-body = Орган
column-number = №
column-agenda = Вопрос повестки
column-decision = Решение
column-action = Поручение
column-responsible = Ответственный
column-due = Срок
column-reason = Причина
column-challenge = Трудность
column-mitigation = Меры
column-priority = Приоритет
column-horizon = Срок
column-code = Код
column-indicator = Показатель
column-unit = Единица
column-level = Уровень
column-baseline = Исходное значение
column-target = Целевое значение
column-current = Текущее значение
column-as-of = На дату
column-source = Источник
column-risk = Риск
column-category = Категория
column-likelihood = Вероятность
column-impact = Воздействие
column-score = Оценка
column-rating = Вероятность × воздействие
column-trend = Динамика
trend-rising = растёт
trend-falling = снижается
trend-stable = не меняется
trend-improving = улучшается
trend-worsening = ухудшается
standing-open = открыто
standing-under-way = в работе
standing-solved = решено
standing-watched = под наблюдением
column-heading = Статья
column-budget = Бюджет
column-period = За период
column-to-date = С начала
column-committed = Обязательства
column-rate = Освоено
column-label = Метка
column-file = Файл
column-sheets = Листы
column-sheet = Лист
column-row = Строка
column-read = Прочитано
column-accepted = Принято
column-contributor = От кого
column-missing = Чего не хватает
missing-rows = { $n ->
    [one] исправить { $n } строку
    [few] исправить { $n } строки
   *[many] исправить { $n } строк
}
missing-all = не прислан
column-held = Отложено
column-warnings = Предупр.
column-severity = Вид
column-message = Что обнаружено

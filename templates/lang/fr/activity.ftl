activity-lead = Qui a fait quoi, le plus récent d’abord. Rien n’y est jamais modifié.
activity-search = Action ou nom
activity-what = Quoi
activity-who = Qui
activity-when = Quand

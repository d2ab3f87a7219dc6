# Which states a machine gets, by its minion id: role, then instance id.
base:
  'web-*':
    - web

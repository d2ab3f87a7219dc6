# Which states a machine gets, by its minion id: role, then instance id.
base:
  'web-*':
    - web
  'worker-*':
    - worker
  'queue-*':
    - queue
  # One machine that runs every service, for development and test environments.
  'everything-*':
    - web
    - worker
    - queue

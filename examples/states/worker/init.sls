# What a worker needs before the jobs are started on it.
jobs-user:
  user.present:
    - name: jobs
    - system: true
    - createhome: false

/etc/systemd/system/jobs.service:
  file.managed:
    - source: salt://worker/jobs.service
    - mode: '0644'
    - require:
      - user: jobs-user

jobs-unit:
  cmd.run:
    - name: systemctl daemon-reload
    - onchanges:
      - file: /etc/systemd/system/jobs.service

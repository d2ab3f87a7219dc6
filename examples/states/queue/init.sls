# A message queue: all of it comes with the states, there is no code repository.
python3:
  pkg.installed

queue-user:
  user.present:
    - name: queue
    - system: true
    - createhome: false

/usr/local/lib/queue/message_queue.py:
  file.managed:
    - source: salt://queue/message_queue.py
    - mode: '0644'
    - makedirs: true
    - require:
      - pkg: python3

/etc/systemd/system/queue.service:
  file.managed:
    - source: salt://queue/queue.service
    - mode: '0644'
    - require:
      - user: queue-user

queue:
  service.running:
    - enable: true
    - watch:
      - file: /usr/local/lib/queue/message_queue.py
      - file: /etc/systemd/system/queue.service

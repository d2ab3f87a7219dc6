# What a web instance needs before the site is started on it.
site-user:
  user.present:
    - name: site
    - system: true
    - createhome: false

# Read by the site when it starts; a change restarts it where the service watches this folder.
/etc/site:
  file.directory:
    - mode: '0755'

/etc/site/site.env:
  file.managed:
    - source: salt://web/site.env
    - mode: '0644'
    - require:
      - file: /etc/site

/etc/systemd/system/site.service:
  file.managed:
    - source: salt://web/site.service
    - mode: '0644'
    - require:
      - user: site-user

site-unit:
  cmd.run:
    - name: systemctl daemon-reload
    - onchanges:
      - file: /etc/systemd/system/site.service

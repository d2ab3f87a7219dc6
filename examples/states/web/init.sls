# What a web instance needs before the site is deployed on it.
site-user:
  user.present:
    - name: site
    - system: true
    - createhome: false

"""The ground: who may come in, people and their paths, the gathered pages, the year."""

from mobility.rights import STAFF, Role
from tests.web.rights.roles import ADVISER, ALL, BENEFICIARY, MANAGER, NETWORK, PRESCRIBER, TREASURER

ROWS: dict[str, frozenset[Role] | set[Role]] = {
    # access_letters
    "access_letters.make": {ADVISER, MANAGER},
    "access_letters.show": {ADVISER, MANAGER},
    # accounts_api
    "accounts_api.create": {MANAGER},
    "accounts_api.disable": {MANAGER},
    "accounts_api.end_token": {MANAGER},
    "accounts_api.list_all": {MANAGER},
    "accounts_api.make_token": {MANAGER},
    # desk
    "desk.search": STAFF,
    "desk.show": STAFF,
    # files
    "files.show": STAFF,
    # imports
    "imports.index": {MANAGER},
    "imports.show": {MANAGER},
    "imports.start": {MANAGER},
    # liaison
    "liaison.accept": {ADVISER, MANAGER},
    "liaison.accept_page": {ADVISER, MANAGER},
    "liaison.close": {ADVISER, MANAGER},
    "liaison.create": {ADVISER, MANAGER, PRESCRIBER},
    "liaison.index": {ADVISER, MANAGER, PRESCRIBER},
    "liaison.meet": {ADVISER, MANAGER},
    "liaison.new": {ADVISER, MANAGER, PRESCRIBER},
    "liaison.paper": {ADVISER, MANAGER, PRESCRIBER},
    "liaison.redirect_elsewhere": {ADVISER, MANAGER},
    "liaison.redirect_page": {ADVISER, MANAGER},
    "liaison.refuse": {ADVISER, MANAGER},
    "liaison.refuse_page": {ADVISER, MANAGER},
    "liaison.show": {ADVISER, MANAGER, PRESCRIBER},
    # liaison_api
    "liaison_api.accept": {ADVISER, MANAGER},
    "liaison_api.close": {ADVISER, MANAGER},
    "liaison_api.create": {ADVISER, MANAGER, PRESCRIBER},
    "liaison_api.index": {ADVISER, MANAGER, PRESCRIBER},
    "liaison_api.meet": {ADVISER, MANAGER},
    "liaison_api.redirect_elsewhere": {ADVISER, MANAGER},
    "liaison_api.refuse": {ADVISER, MANAGER},
    "liaison_api.show": {ADVISER, MANAGER, PRESCRIBER},
    # network
    "network.create": {NETWORK},
    "network.show": {NETWORK},
    # outbox
    "outbox.show": STAFF,
    # own_account
    "own_account.change_password": ALL,
    "own_account.pass_second_factor": ALL,
    "own_account.password": ALL,
    "own_account.second_factor_page": ALL,
    # own_space
    "own_space.show": {BENEFICIARY},
    # paths
    "paths.action": {ADVISER, MANAGER},
    "paths.action_end": {ADVISER, MANAGER},
    "paths.cancel_meeting": {ADVISER, MANAGER},
    "paths.document": {ADVISER, MANAGER},
    "paths.end_action": {ADVISER, MANAGER},
    "paths.estimate": {ADVISER, MANAGER},
    "paths.hold_meeting": {ADVISER, MANAGER},
    "paths.job": {ADVISER, MANAGER},
    "paths.meeting": {ADVISER, MANAGER},
    "paths.plan_meeting": {ADVISER, MANAGER},
    "paths.record_job": {ADVISER, MANAGER},
    "paths.see_document": {ADVISER, MANAGER},
    "paths.show_meeting": {ADVISER, MANAGER},
    "paths.start_action": {ADVISER, MANAGER},
    # people
    "people.create": {ADVISER, MANAGER},
    "people.edit": {ADVISER, MANAGER},
    "people.index": {ADVISER, MANAGER},
    "people.new": {ADVISER, MANAGER},
    "people.update": {ADVISER, MANAGER},
    "people.without_bank": {ADVISER, MANAGER},
    "people.without_bank_page": {ADVISER, MANAGER},
    # people_api
    "people_api.actions": {ADVISER, MANAGER},
    "people_api.cancel_meeting": {ADVISER, MANAGER},
    "people_api.create": {ADVISER, MANAGER},
    "people_api.documents": {ADVISER, MANAGER},
    "people_api.end_action": {ADVISER, MANAGER},
    "people_api.find": {ADVISER, MANAGER},
    "people_api.hold_meeting": {ADVISER, MANAGER},
    "people_api.jobs": {ADVISER, MANAGER},
    "people_api.list_of_meetings": {ADVISER, MANAGER},
    "people_api.plan_meeting": {ADVISER, MANAGER},
    "people_api.record_job": {ADVISER, MANAGER},
    "people_api.see_document": {ADVISER, MANAGER},
    "people_api.show": {ADVISER, MANAGER},
    "people_api.start_action": {ADVISER, MANAGER},
    "people_api.trip": {ADVISER, MANAGER},
    "people_api.update": {ADVISER, MANAGER},
    "people_api.without_bank": {ADVISER, MANAGER},
    # reports
    "reports.spreadsheet": {MANAGER, TREASURER},
    "reports.year": {MANAGER, TREASURER},
    # reports_api
    "reports_api.year": {MANAGER, TREASURER},
    # structures
    "structures.close": {ADVISER, MANAGER},
    "structures.create": {ADVISER, MANAGER},
    "structures.edit": {ADVISER, MANAGER},
    "structures.index": {ADVISER, MANAGER},
    "structures.new": {ADVISER, MANAGER},
    "structures.update": {ADVISER, MANAGER},
    # structures_api
    "structures_api.close": {ADVISER, MANAGER},
    "structures_api.create": {ADVISER, MANAGER},
    "structures_api.index": {ADVISER, MANAGER, PRESCRIBER},
    "structures_api.update": {ADVISER, MANAGER},
    # team
    "team.create": {MANAGER},
    "team.disable": {MANAGER},
    "team.enable": {MANAGER},
    "team.end_role": {MANAGER},
    "team.end_token": {MANAGER},
    "team.forget_phone": {MANAGER},
    "team.grant": {MANAGER},
    "team.list_all": {MANAGER},
    "team.mail_link": {MANAGER},
    "team.make_token": {MANAGER},
    "team.new": {MANAGER},
    "team.renew_code": {MANAGER},
    "team.show": {MANAGER},
}

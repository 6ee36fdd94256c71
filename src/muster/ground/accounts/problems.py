"""Refusals of accounts: signing in, posts, the three administrators."""

from muster.core.kernel import Problem


class SignInRefused(Problem):
    """Login and password do not fit: the same answer for every reason."""

    code = "account.sign_in_refused"
    status = 422
    template = "登录名或密码不对，或者账号没有启用。请核对后再试；忘记密码请找安全管理员。"


class TooManyTries(Problem):
    """Several wrong passwords in a row: wait."""

    code = "account.too_many_tries"
    status = 429
    template = "连续多次没有登录成功，请在 {wait} 后再试。着急时请找安全管理员解除限制。"


class PasswordWrong(Problem):
    """The present password was not right."""

    code = "account.password_wrong"
    status = 422
    template = "现在的密码不对。请重新输入。"


class PasswordTooWeak(Problem):
    """The new password is short, common or telling."""

    code = "account.password_too_weak"
    status = 422
    template = "新密码不能用：{reasons}"


class ActNotYours(Problem):
    """The post does not include this act."""

    code = "account.act_refused"
    status = 403
    template = (
        "您的岗位（{post}）不办“{act}”。需要时请由有这项职责的人员办理，或向安全管理员申请授权。"
    )


class ConfirmFirst(Problem):
    """The password was not given within the last minutes."""

    code = "account.confirm_first"
    status = 403
    template = "这一步要先确认是您本人。请重新输入密码后再点一次。"


class PostNotInForce(Problem):
    """The post does not belong to the account, or not today."""

    code = "account.post_not_in_force"
    status = 403
    template = "这个岗位不在有效期内，或者不是您的岗位。请在“我的账号”里另选岗位。"


class LoginTaken(Problem):
    """The login name stands already."""

    code = "account.login_taken"
    status = 422
    template = "登录名“{login}”已被使用。请换一个。"


class LoginMalformed(Problem):
    """The login name has the wrong form."""

    code = "account.login_malformed"
    status = 422
    template = "登录名用 3 到 40 个字母、数字、汉字、点或横线，不要有空格。"


class LoginUnknown(Problem):
    """No account that may act has this login (command line)."""

    code = "account.login_unknown"
    template = "没有登录名为“{login}”的可用账号，或者它今天没有有效岗位。请核对 --as 后面的登录名。"


class OfficeNotOpened(Problem):
    """There is no office yet, so nobody can act."""

    code = "account.office_not_opened"
    template = "本系统还没有开通。请先运行 muster office init 建立县（区）和三名管理员，或运行 muster demo。"


class OfficeAlreadyOpened(Problem):
    """The county has its office already."""

    code = "account.office_already_opened"
    template = "{name} 已经开通。新增管理员请由安全管理员在“账号管理”里授权。"


class AdministratorsIncomplete(Problem):
    """An office is opened with each of the three administrators, by at least two people."""

    code = "account.administrators_incomplete"
    status = 422
    template = "开通时要有系统管理员、安全管理员、安全审计员；审计员必须另由一人担任。"


class RoleNotGrantable(Problem):
    """The role does not exist or is not granted on screen."""

    code = "account.role_not_grantable"
    status = 422
    template = "角色“{role}”不能在这里授予。请从列表里选择。"


class RoleMisplaced(Problem):
    """The role belongs to another level of the tree."""

    code = "account.role_misplaced"
    status = 422
    template = "“{role}”要授在{levels}一级，所选区划不是。请改选区划。"


class GrantIncomplete(Problem):
    """The role needs an organisation, a person or an end date."""

    code = "account.grant_incomplete"
    status = 422
    template = "“{role}”还要写明{missing}。请补充后再授予。"


class GrantTooLong(Problem):
    """The role is given for a limited time only."""

    code = "account.grant_too_long"
    status = 422
    template = "“{role}”最长授予 {days} 天。请改早失效日期。"


class GrantToOneself(Problem):
    """Nobody grants posts to oneself."""

    code = "account.grant_to_oneself"
    status = 403
    template = "不能给自己授权或启用自己的账号。请由另一名安全管理员办理。"


class PostsExclude(Problem):
    """Two posts that one account or one person may not hold together."""

    code = "account.posts_exclude"
    template = "“{one}”与“{other}”不能由同一人（同一账号）担任：{why}"


class PostStands(Problem):
    """The account holds this very post already."""

    code = "account.post_stands"
    template = "该账号在这里已有“{role}”岗位。不用再授。"


class LastAdministrator(Problem):
    """An office keeps at least one of each administrator."""

    code = "account.last_administrator"
    template = "这是最后一名{role}，不能停用。请先授予另一人，再停用这一名。"


class AccountState(Problem):
    """The account is not in the state this step needs."""

    code = "account.wrong_state"
    template = "账号现在是“{state}”，不能做这一步。请刷新页面查看最新状态。"


class DivisionOutside(Problem):
    """The division is not in the tree of this county."""

    code = "account.division_outside"
    status = 422
    template = "区划代码 {division} 不在本县区划内。请从列表里选择。"
